"""The table of words of the index: what lets a search without accents, unfinished or misspelt find its words.

It follows the rows of the index within the same transaction, so that no word of a page made private is ever suggested.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping

from django.db import connection
from django.db.models import Q, Sum, TextField, Value

from search.analyse import analyser, plier, racine
from search.models import Mot, SearchEntry
from search.variantes import famille, sonorite

LOT = 500


def mots_de(titre: str, entete: str, texte: str) -> set[tuple[str, str]]:
    """The words of a row, each once: frequencies count passages."""
    mots: set[tuple[str, str]] = set()
    for champ in (titre, entete, texte):
        mots |= analyser(champ)[2]
    return mots


def cles_de(mot: str, jeton: str) -> tuple[str, str, str]:
    """What a word is looked for by: without accents, as it is said, by its family."""
    forme = plier(mot)[:64]
    return forme, sonorite(forme), famille(jeton)


def compter(comptes: Mapping[tuple[str, str], int]) -> None:
    """Add to (or take from) the table in how many passages each word stands, in one order for all writers."""
    a_ecrire = sorted((mot, jeton, nombre) for (mot, jeton), nombre in comptes.items() if nombre)
    with connection.cursor() as curseur:
        for debut in range(0, len(a_ecrire), LOT):
            lot = a_ecrire[debut : debut + LOT]
            curseur.execute(
                "INSERT INTO search_mot (mot, jeton, frequence, forme, son, famille) VALUES "  # noqa: S608
                + ", ".join(["(%s, %s, %s, %s, %s, %s)"] * len(lot))
                + " ON CONFLICT (mot, jeton) DO UPDATE SET frequence = search_mot.frequence + EXCLUDED.frequence",
                [valeur for mot, jeton, nombre in lot for valeur in (mot, jeton, nombre, *cles_de(mot, jeton))],
            )
    if any(nombre < 0 for _, _, nombre in a_ecrire):
        Mot.objects.filter(frequence__lte=0).delete()


def ecarts() -> dict[tuple[str, str], int]:
    """What the table of words lacks (or has too much of) to tell exactly the rows of the index; empty when true.

    Words and rows are read by one statement, hence at one instant, without holding anybody up.
    """
    mots = Mot.objects.values_list("frequence", "mot", "jeton", Value("", output_field=TextField()))
    lignes = SearchEntry.objects.values_list(Value(0), "titre", "entete", "texte")
    manques: Counter[tuple[str, str]] = Counter()
    for frequence, premier, deuxieme, texte in mots.union(lignes, all=True).order_by().iterator(chunk_size=LOT):
        if frequence:
            manques[premier, deuxieme] -= frequence
        else:
            manques.update(mots_de(premier, deuxieme, texte))
    return {mot: nombre for mot, nombre in manques.items() if nombre}


def frequences(jetons: Collection[str]) -> dict[str, int]:
    """In about how many passages each token stands."""
    if not jetons:
        return {}
    trouves = Mot.objects.filter(jeton__in=jetons).values("jeton").annotate(total=Sum("frequence"))
    return {ligne["jeton"]: ligne["total"] for ligne in trouves.order_by()}


def qui_commencent(debut: str, *, sauf: Collection[str], au_plus: int) -> dict[str, int]:
    """The commonest tokens of the words that begin so, and in about how many passages each stands."""
    commence = Q(forme__startswith=debut)
    if connection.vendor == "sqlite":
        # Asked with LIKE, it would read every word.
        commence = Q(forme__gte=debut, forme__lt=f"{debut}\U0010ffff")
    trouves = Mot.objects.filter(commence).exclude(jeton__in=sauf).values_list("jeton")
    return dict(trouves.annotate(total=Sum("frequence")).order_by("-total", "jeton")[:au_plus])


def frequences_des_formes(formes: Iterable[str]) -> dict[str, int]:
    """How common each word without accents is, or else the commonest of its inflexions; those that the index holds."""
    racines = {forme: racine(forme) for forme in formes}
    if not racines:
        return {}
    par_forme: Counter[str] = Counter()
    du_jeton: dict[str, Counter[str]] = {}
    voulus = Q(forme__in=racines) | Q(jeton__in=set(racines.values()))
    for forme, jeton, frequence in Mot.objects.filter(voulus).values_list("forme", "jeton", "frequence"):
        par_forme[forme] += frequence
        du_jeton.setdefault(jeton, Counter())[forme] += frequence
    trouvees = {
        forme: par_forme[forme] or max(du_jeton.get(jeton, Counter()).values(), default=0)
        for forme, jeton in racines.items()
    }
    return {forme: nombre for forme, nombre in trouvees.items() if nombre}


def familles(jetons: Iterable[str]) -> dict[str, list[str]]:
    """The tokens of the index of the same family as each."""
    siennes = {jeton: famille(jeton) for jeton in jetons}
    par_famille: dict[str, list[str]] = {}
    if siennes:
        trouves = Mot.objects.filter(famille__in=set(siennes.values())).order_by("jeton")
        for nom, jeton in trouves.values_list("famille", "jeton").distinct():
            par_famille.setdefault(nom, []).append(jeton)
    return {jeton: par_famille.get(nom, []) for jeton, nom in siennes.items()}
