"""The picture that social networks show for a page: its title and its nature's shape, drawn with Pillow."""

import io
import textwrap

from django.conf import settings
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from PIL import Image, ImageDraw, ImageFont
from wagtail.models import Page

WIDTH, HEIGHT = 1200, 630
PAPER, INK, INK_2 = "#faf8f3", "#17211e", "#46534e"
# Colour and number of sides of each nature's shape; 0 is a circle. Same as static/css/site.css.
NATURES = {
    "cadre-de-reference": ("#3a4a8f", 4),
    "illustrations": ("#9c3b1b", 0),
    "methode": ("#0a5c4a", 3),
    "boite-a-outils": ("#7a5200", 6),
}
DEFAULT_SHAPE = ("#0a5c4a", 6)


def _font(size: int, weight: int) -> ImageFont.FreeTypeFont:
    font = ImageFont.truetype(str(settings.BASE_DIR / "static/fonts/bricolage.woff2"), size)
    font.set_variation_by_axes([weight])
    return font


def draw(titre: str, surtitre: str, nature: str = "") -> bytes:
    """A PNG of 1200 × 630 pixels."""
    colour, sides = NATURES.get(nature, DEFAULT_SHAPE)
    image = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, 0, WIDTH, 18), fill=colour)
    if sides:
        rotation = {4: 0, 3: 0, 6: 0}[sides]
        pen.regular_polygon((1030, 470, 90), sides, rotation=rotation, fill=colour)
    else:
        pen.ellipse((940, 380, 1120, 560), fill=colour)
    pen.text((80, 80), surtitre, font=_font(34, 600), fill=colour)
    size = 64 if len(titre) < 70 else 50
    lines = textwrap.wrap(titre, width=30 if size == 64 else 38)
    if len(lines) > 5:
        lines = [*lines[:4], lines[4][:-1].rstrip() + "…"]
    y = 140
    for line in lines:
        pen.text((80, y), line, font=_font(size, 700), fill=INK)
        y += int(size * 1.2)
    pen.text((80, HEIGHT - 80), settings.SITE_NAME, font=_font(30, 500), fill=INK_2)
    out = io.BytesIO()
    image.quantize(64).save(out, "PNG", optimize=True)
    return out.getvalue()


def image_de_partage(request: HttpRequest, page_id: int) -> HttpResponse:
    """The picture of a live public page; kept in the cache until the page is published again."""
    page = Page.objects.live().public().filter(pk=page_id).first()
    if page is None:
        raise Http404
    stamp = page.last_published_at.timestamp() if page.last_published_at else 0
    key = f"partage:{page_id}:{stamp}"
    data = cache.get(key)
    if data is None:
        carte = page.specific.carte()
        data = draw(carte.titre, carte.nature_titre or carte.genre or settings.SITE_NAME, carte.nature)
        cache.set(key, data, 7 * 86_400)
    response = HttpResponse(data, content_type="image/png")
    response["Cache-Control"] = "public, max-age=86400"
    return response
