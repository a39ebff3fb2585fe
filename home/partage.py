"""The picture that social networks show for a page: its title and its nature's shape, drawn with Pillow."""

import io

from django.conf import settings
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from PIL import Image, ImageDraw, ImageFont
from wagtail.models import Page

from core.typography import FINE, NB, typo_text

WIDTH, HEIGHT = 1200, 630
PAPER, INK, INK_2, TINT = "#faf8f3", "#17211e", "#46534e", "#e3ebe4"
# Where the title goes, in pixels, and the sizes that it may take.
TITLE_WIDTH, TITLE_HEIGHT, LEADING, SIZES = 800, 380, 1.17, (72, 60, 50, 42)
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


def _lines(text: str, font: ImageFont.FreeTypeFont, width: int) -> list[str]:
    """`text` cut at its spaces so that each line fits; a word too long for a line is cut anywhere."""
    lines = [""]
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}".strip()
        if font.getlength(longer) <= width or not lines[-1]:
            lines[-1] = longer
        else:
            lines.append(word)
        while font.getlength(lines[-1]) > width:
            kept = next(size for size in range(len(lines[-1]) - 1, 0, -1) if font.getlength(lines[-1][:size]) <= width)
            lines[-1:] = [lines[-1][:kept], lines[-1][kept:]]
    return lines


def _title(titre: str) -> tuple[ImageFont.FreeTypeFont, int, list[str]]:
    """The largest size at which a title holds in its place; cut with an ellipsis when none does."""
    for size in SIZES:
        font = _font(size, 700)
        lines = _lines(titre, font, TITLE_WIDTH)
        if len(lines) * size * LEADING <= TITLE_HEIGHT:
            return font, size, lines
    kept = int(TITLE_HEIGHT // (size * LEADING))
    last = lines[kept - 1]
    while font.getlength(f"{last}…") > TITLE_WIDTH:
        last = last[:-1].rstrip()
    return font, size, [*lines[: kept - 1], f"{last}…"]


def _shape(pen: ImageDraw.ImageDraw, sides: int, x: int, y: int, r: int, colour: str) -> None:
    if not sides:
        pen.ellipse((x - r, y - r, x + r, y + r), fill=colour, outline=PAPER, width=8)
        return
    reach = {4: 1.2, 3: 1.25, 6: 1.08}[sides]
    for grown, fill in ((reach * r + 8, PAPER), (reach * r, colour)):
        pen.regular_polygon((x, y, grown), sides, fill=fill)


def draw(titre: str, surtitre: str, nature: str = "") -> bytes:
    """A PNG of 1200 × 630 pixels: the title, and an alliance of the four shapes where that of its nature leads."""
    colour, _ = NATURES.get(nature, DEFAULT_SHAPE)
    image = Image.new("RGB", (WIDTH * 2, HEIGHT * 2), PAPER)
    pen = ImageDraw.Draw(image)
    # Drawn twice as large, then reduced: Pillow does not smooth the edges of shapes.
    others = [slug for slug in NATURES if slug != nature]
    slots = [
        (nature or others.pop(), 1052, 478, 62 if nature else 40),
        *zip(others, (905, 1010, 1130), (525, 330, 300), (30, 26, 34), strict=False),
    ]
    ring = [(x * 2, y * 2) for _, x, y, _ in (slots[0], slots[3], slots[2], slots[1])]
    pen.polygon(ring, fill=TINT)
    pen.line([*ring, ring[0], ring[1]], fill=DEFAULT_SHAPE[0], width=8, joint="curve")
    for slug, x, y, r in slots:
        shape_colour, sides = NATURES[slug]
        _shape(pen, sides, x * 2, y * 2, r * 2, shape_colour)
    image = image.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, 0, WIDTH, 18), fill=colour)
    pen.text((80, 76), typo_text(surtitre), font=_font(34, 600), fill=colour)
    font, size, lines = _title(typo_text(titre).replace(FINE, NB))
    for rank, line in enumerate(lines):
        pen.text((80, 136 + rank * size * LEADING), line, font=font, fill=INK)
    pen.text((80, HEIGHT - 84), settings.SITE_NAME, font=_font(30, 500), fill=INK_2)
    out = io.BytesIO()
    image.quantize(128).save(out, "PNG", optimize=True)
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
