"""What the employment office's log says of its own, in each of its languages."""

from __future__ import annotations

from typing import NamedTuple

from bot.core.office import Language
from bot.core.search import Act, Loss, Stage


class Words(NamedTuple):
    """The fixed words of a log."""

    title: str
    name: str
    period: str  # with {first} and {last}
    made: str  # with {on}
    page: str  # with {number} and {all}
    entries: tuple[str, str]  # of one, and of any other number as {number}
    columns: tuple[str, str, str, str, str, str, str]
    methods: tuple[str, str, str, str, str]  # in the order of METHODS
    results: tuple[str, str, str, str, str, str, str, str, str]  # in the order of RESULTS

    def method(self, act: Act) -> str:
        """How somebody went about it."""
        return self.methods[METHODS.index(act)]

    def result(self, result: Stage | Loss | None) -> str:
        """What came of it; empty where nothing is waited for."""
        return self.results[RESULTS.index(result)] if result else ""


METHODS = (Act.APPLIED, Act.OUTREACH, Act.CONVERSATION, Act.INTERVIEW, Act.FOLLOWED_UP)
RESULTS = (
    Stage.APPLIED, Stage.INTERVIEWING, Stage.OFFER, Stage.ACCEPTED,
    Loss.REJECTED, Loss.GHOSTED, Loss.WITHDREW, Loss.DECLINED, Loss.CLOSED,
)  # fmt: skip

WORDS = {
    Language.ENGLISH: Words(
        "Record of job applications",
        "Name",
        "{first} to {last}",
        "As of {on}",
        "Page {number} of {all}",
        ("1 entry", "{number} entries"),
        ("Date", "Employer", "Address or phone", "Contact person", "Method", "Position", "Result"),
        ("Application", "Approach", "Conversation", "Interview", "Follow-up"),
        (
            "No answer yet", "Interview", "Offer", "Accepted",
            "Rejected", "No answer", "Withdrawn", "Offer declined", "Position closed",
        ),
    ),
    Language.GERMAN: Words(
        "Bewerbungsnachweis",
        "Name",
        "{first} bis {last}",
        "Stand: {on}",
        "Seite {number} von {all}",
        ("1 Eintrag", "{number} Einträge"),
        ("Datum", "Arbeitgeber", "Anschrift oder Telefon", "Ansprechperson", "Art", "Stelle", "Ergebnis"),
        ("Bewerbung", "Kontaktaufnahme", "Gespräch", "Vorstellungsgespräch", "Nachfrage"),
        (
            "Noch keine Antwort", "Vorstellungsgespräch", "Angebot", "Zusage",
            "Absage", "Keine Antwort", "Zurückgezogen", "Angebot abgelehnt", "Stelle nicht mehr offen",
        ),
    ),
    Language.FRENCH: Words(
        "Relevé des démarches de recherche d’emploi",
        "Nom",
        "Du {first} au {last}",
        "État au {on}",
        "Page {number} sur {all}",
        ("1 démarche", "{number} démarches"),
        ("Date", "Employeur", "Adresse ou téléphone", "Personne contactée", "Démarche", "Poste", "Résultat"),
        ("Candidature", "Prise de contact", "Échange", "Entretien", "Relance"),
        (
            "Pas encore de réponse", "Entretien", "Offre", "Embauche",
            "Refus", "Sans réponse", "Candidature retirée", "Offre déclinée", "Poste retiré",
        ),
    ),
    Language.SPANISH: Words(
        "Registro de búsqueda de empleo",
        "Nombre",
        "Del {first} al {last}",
        "A fecha de {on}",
        "Página {number} de {all}",
        ("1 gestión", "{number} gestiones"),
        ("Fecha", "Empresa", "Dirección o teléfono", "Persona de contacto", "Gestión", "Puesto", "Resultado"),
        ("Candidatura", "Contacto", "Conversación", "Entrevista", "Seguimiento"),
        (
            "Sin respuesta todavía", "Entrevista", "Oferta", "Contratación",
            "Rechazada", "Sin respuesta", "Candidatura retirada", "Oferta rechazada", "Puesto cerrado",
        ),
    ),
    Language.ITALIAN: Words(
        "Registro della ricerca di lavoro",
        "Nome",
        "Dal {first} al {last}",
        "Aggiornato al {on}",
        "Pagina {number} di {all}",
        ("1 attività", "{number} attività"),
        ("Data", "Azienda", "Indirizzo o telefono", "Persona di contatto", "Attività", "Posizione", "Esito"),
        ("Candidatura", "Contatto", "Conversazione", "Colloquio", "Sollecito"),
        (
            "Ancora nessuna risposta", "Colloquio", "Offerta", "Assunzione",
            "Rifiuto", "Nessuna risposta", "Candidatura ritirata", "Offerta rifiutata", "Posizione chiusa",
        ),
    ),
    Language.DUTCH: Words(
        "Overzicht van sollicitatieactiviteiten",
        "Naam",
        "{first} tot en met {last}",
        "Stand op {on}",
        "Pagina {number} van {all}",
        ("1 activiteit", "{number} activiteiten"),
        ("Datum", "Werkgever", "Adres of telefoon", "Contactpersoon", "Activiteit", "Functie", "Resultaat"),
        ("Sollicitatie", "Contact gelegd", "Gesprek", "Sollicitatiegesprek", "Navraag"),
        (
            "Nog geen antwoord", "Sollicitatiegesprek", "Aanbod", "Aangenomen",
            "Afgewezen", "Geen antwoord", "Ingetrokken", "Aanbod afgeslagen", "Vacature gesloten",
        ),
    ),
}  # fmt: skip
