"""What a device sends about its notebook, as JSON or as a plain form, and why it may be refused."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import wraps
from typing import TYPE_CHECKING

from django.http import JsonResponse

from core.limits import under_limit, visitor_address
from core.typography import typo_text
from parcours.carnet import temoin
from parcours.carnet.envoi import LienPerduError
from parcours.carnet.garde import CarnetInconnuError, maintenant_ms
from parcours.carnet.mots import CodeIllisibleError
from parcours.carnet.progres import MAX_OCTETS, IllegibleError, Progres, decoder, lire

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

TROP = "Trop de demandes viennent de votre connexion. Attendez une heure, puis recommencez : rien n’a été perdu."
INCONNU = (
    "Aucun carnet ne répond à ce code : il a été effacé, ou n’a pas servi depuis treize mois. Vos marques sur cet "
    "appareil sont toujours là."
)
LIEN_PERDU = "Ce lien ne marche plus : il ne sert qu’une fois, pendant 48 heures. Votre carnet est toujours là."
# What surrounds the notebook in a request: a code, an address.
_AUTOUR = 4_096


class RefusError(Exception):
    """A request that is refused: `champ` names the field at fault, if any."""

    def __init__(self, message: str, status: int, champ: str = "") -> None:
        super().__init__(message)
        self.status, self.champ = status, champ


@dataclass(frozen=True, slots=True)
class Demande:
    """A request about a notebook; `progres` is the device's, from the cookie when there is no JavaScript."""

    code: str = ""
    courriel: str = ""
    progres: Progres = field(default_factory=dict)


def en_json(request: HttpRequest) -> bool:
    """Whether a script asks."""
    return request.content_type == "application/json"


def lire_demande(request: HttpRequest) -> Demande:
    """What the request says.

    Raises:
        RefusError: too long.
        IllegibleError: not JSON, or not a notebook.
    """
    if not en_json(request):
        sent = request.POST
        return Demande(sent.get("code", ""), sent.get("courriel", ""), temoin.lire(request).progres)
    size = request.META.get("CONTENT_LENGTH") or "0"
    if not size.isdecimal() or int(size) > MAX_OCTETS + _AUTOUR:
        raise RefusError(f"Ce carnet est trop grand : {MAX_OCTETS // 1024} ko au plus.", 413)
    value = decoder(request.body)
    if not isinstance(value, dict):
        raise IllegibleError("Cette demande est illisible.")
    words = {key: value.get(key, "") for key in ("code", "courriel")}
    if not all(isinstance(word, str) for word in words.values()):
        raise IllegibleError("Cette demande est illisible.")
    return Demande(**words, progres=lire(value.get("progres", {}), maintenant_ms()))


def limiter(request: HttpRequest, sujet: str, limite: int) -> None:
    """Count a request of this visitor.

    Raises:
        RefusError: too many in an hour.
    """
    if not under_limit(f"carnet-{sujet}", visitor_address(request), limite):
        raise RefusError(TROP, 429)


def expliquer(page: Callable[..., HttpResponse]):
    """Make of what a view refuses an answer in French: JSON for a script, or else `page` with what was typed."""

    def decorator(view):
        @wraps(view)
        def inner(request: HttpRequest, *args, **kwargs) -> HttpResponse:
            try:
                return view(request, *args, **kwargs)
            except RefusError as error:
                message, status, champ = str(error), error.status, error.champ
            except CodeIllisibleError as error:
                message, status, champ = str(error), 422, "code"
            except IllegibleError as error:
                message, status, champ = str(error), 422, ""
            except CarnetInconnuError:
                message, status, champ = INCONNU, 404, "code"
            except LienPerduError:
                message, status, champ = LIEN_PERDU, 410, ""
            if en_json(request):
                return JsonResponse({"erreur": typo_text(message)}, status=status)
            return page(request, status=status, erreur=message, champ=champ)

        return inner

    return decorator
