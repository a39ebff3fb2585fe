"""What a learner does with the notebook, in a browser."""

import json
import re

from tests.navigateur.attente import suivre

ANIMER = "/parcours/animer-le-territoire/"
CARNET = "/parcours/carnet/"


def mark_step(page, number: int, name: str = "Marquer comme lu") -> None:
    page.goto(ANIMER)
    suivre(page, page.locator(f"#etape-{number} a"))
    page.get_by_role("button", name=name, exact=True).click()
    page.get_by_text("C’est noté").wait_for()


def notebook_of(page) -> dict:
    return json.loads(page.evaluate("localStorage.getItem('carnet') ?? '{}'"))


def create_code(page) -> str:
    page.goto(CARNET)
    page.get_by_role("button", name="Créer un code de reprise").click()
    page.get_by_text("Votre code est prêt.").wait_for()
    return page.locator("[data-code]").inner_text()


def resume(page, code: str) -> None:
    page.goto(CARNET)
    page.get_by_label("Les douze mots du code").fill(code)
    page.get_by_role("button", name="Reprendre ici").click()
    page.get_by_text("C’est fait : les carnets sont réunis.").wait_for()


def read_count(page, count: int) -> None:
    page.goto(ANIMER)
    page.get_by_text(re.compile(rf"^{count}\u00a0étapes? lues? sur 20$")).first.wait_for()
