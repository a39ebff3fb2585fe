"""The header and the home page in a browser: menu on a phone without JavaScript, print, text twice as large."""


def test_the_menu_of_a_phone_opens_and_leads_without_javascript(contexte):
    page = contexte(width=390, height=844, java_script_enabled=False).new_page()
    page.goto("/")
    menu = page.get_by_role("navigation", name="Menu principal")
    assert not menu.is_visible()
    page.get_by_role("button", name="Menu").click()
    assert menu.is_visible()
    menu.get_by_role("link", name="Le kit").click()
    page.wait_for_url("**/kit/")


def test_the_menu_closes_with_escape_and_gives_the_focus_back(visiteur):
    visiteur.goto("/")
    button = visiteur.get_by_role("button", name="Menu")
    button.focus()
    visiteur.keyboard.press("Enter")
    menu = visiteur.get_by_role("navigation", name="Menu principal")
    assert menu.is_visible()
    visiteur.keyboard.press("Escape")
    assert not menu.is_visible()
    assert button.evaluate("(node) => node === document.activeElement")


def test_the_menu_of_a_desk_is_always_there(contexte):
    page = contexte(width=1280).new_page()
    page.goto("/")
    assert page.get_by_role("navigation", name="Menu principal").is_visible()
    assert not page.get_by_role("button", name="Menu").is_visible()


def test_text_twice_as_large_at_320_pixels_never_scrolls_sideways(contexte):
    page = contexte(width=320, height=800).new_page()
    for address in ("/", "/reperes/", "/glossaire/", "/plan-du-site/", "/mentions-legales/"):
        page.goto(address)
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), address


def test_the_first_visit_of_the_home_page_is_light(contexte):
    page = contexte(width=390, height=844).new_page()
    sizes = []
    page.on("requestfinished", lambda request: sizes.append(request.sizes()["responseBodySize"]))
    page.goto("/", wait_until="networkidle")
    assert len(sizes) <= 12
    assert sum(sizes) <= 200_000
    assert page.evaluate("[...document.querySelectorAll('*')].filter(node => !node.closest('svg *')).length") <= 450


def test_a_printed_page_drops_the_navigation_and_opens_the_details(contexte):
    page = contexte(width=1280).new_page()
    page.goto("/reperes/")
    page.emulate_media(media="print")
    assert not page.locator("footer").is_visible()
    assert not page.get_by_role("navigation", name="Menu principal").is_visible()
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator(".graphique table").is_visible()
