"""Layouts: known trackers by their headings, others by words in four languages and by what stands below."""

from __future__ import annotations

import pytest

from bot.core.layout import NO_HEADING, Holds, Status, layout_of, round_of, stage_of
from bot.core.search import Loss, Stage


def columns(heading: str, *rows: str) -> list[str]:
    found = layout_of([line.split(";") for line in (heading, *rows)])
    return [holds.name for holds in found.columns]


def test_the_known_trackers_are_recognised_by_their_headings() -> None:
    jobsync = "index,createdAt,applied,appliedDate,Company,JobTitle,jobType,workplaceType,Location,JobSource,Status"
    found = layout_of([jobsync.split(",")])
    assert found.name == "JobSync"
    assert found.columns[1:6] == (Holds.ADDED, Holds.SENT, Holds.APPLIED, Holds.COMPANY, Holds.ROLE)

    careerforge = (
        "date,company,sector,role,role_type,channel,status,contact_person,fit_rating,notes,cv_file,cover_letter_file"
        ",source,last_updated"
    )
    found = layout_of([careerforge.split(",")])
    assert found.name == "CareerForge"
    assert (found.columns[0], found.columns[12]) == (Holds.APPLIED, Holds.LINK)


@pytest.mark.parametrize(
    "heading",
    [
        "Company;Job Title;Date Applied;Status;Notes;Location",
        "Firma;Stelle;Bewerbungsdatum;Status;Bemerkungen;Arbeitsort",
        "Entreprise;Intitulé du poste;Date de candidature;Statut;Commentaires;Ville",
        "Empresa;Puesto;Fecha de solicitud;Estado;Observaciones;Ciudad",
    ],
)
def test_headings_are_understood_in_four_languages(heading: str) -> None:
    assert columns(heading) == ["COMPANY", "ROLE", "APPLIED", "STATUS", "NOTE", "PLACE"]


def test_what_has_no_telling_heading_is_told_by_what_stands_below_it() -> None:
    rows = [f"Acme;Baker;https://a.example/{n};{n}.11.2025;Absage;fine" for n in range(1, 9)]
    assert columns("Firma;Stelle;X;Y;Z;Salary", *rows) == ["COMPANY", "ROLE", "LINK", "APPLIED", "STATUS", "KEPT"]


def test_of_what_only_one_column_can_hold_the_second_is_kept_in_the_note() -> None:
    assert columns("Company;Firma;Role;Status;State") == ["COMPANY", "KEPT", "ROLE", "STATUS", "KEPT"]


def test_a_title_above_the_heading_is_no_heading() -> None:
    assert layout_of([["My search 2026", ""], ["Company", "Role"], ["Acme", "Baker"]]).heading == 1


def test_a_table_without_a_heading_loses_no_row() -> None:
    found = layout_of([["Acme", "Baker", "3.11.2025", "Absage"], ["Globex", "Cook", "4.11.2025", "Interview"]])

    assert found.heading == NO_HEADING
    assert found.columns == (Holds.KEPT, Holds.KEPT, Holds.APPLIED, Holds.STATUS)


def test_a_column_of_days_that_says_yes_or_no_holds_none() -> None:
    assert columns("Firma;Stelle;Applied;Rejected", "A;b;TRUE;FALSE", "C;d;TRUE;") == [
        "COMPANY",
        "ROLE",
        "SENT",
        "KEPT",
    ]


@pytest.mark.parametrize(
    ("words", "stage", "loss"),
    [
        *[(words, Stage.WISHLIST, None) for words in ("Draft", "saved", "Merkliste", "brouillon")],
        *[(words, Stage.APPLIED, None) for words in ("Sent", "Beworben", "in progress", "en attente", "keine Antwort")],
        *[(words, Stage.INTERVIEWING, None) for words in ("Interview 2", "2. Gespräch", "Phone screen", "Entretien")],
        *[(words, Stage.OFFER, None) for words in ("Offer", "Zusage", "oferta recibida")],
        *[(words, Stage.ACCEPTED, None) for words in ("hired", "Angenommen")],
        *[(words, Stage.LOST, Loss.REJECTED) for words in ("Absage erhalten", "Refusée", "rejected after interview")],
        ("Ghosted", Stage.LOST, Loss.GHOSTED),
        ("Offer declined", Stage.LOST, Loss.DECLINED),
        ("zurückgezogen", Stage.LOST, Loss.WITHDREW),
        *[(words, Stage.LOST, Loss.CLOSED) for words in ("Expired", "Stelle besetzt")],
    ],
)
def test_stages_are_understood_as_people_call_them(words: str, stage: Stage, loss: Loss | None) -> None:
    assert stage_of(words) == Status(stage, loss)


@pytest.mark.parametrize("words", ["Auf Eis", "no offer yet", "not interviewing", "?", "", "kein Angebot"])
def test_a_stage_that_nobody_can_tell_is_not_guessed(words: str) -> None:
    assert stage_of(words) is None


def test_a_stage_may_name_its_round() -> None:
    assert [round_of(words) for words in ("Interview 2", "3rd interview", "Interview")] == [2, 3, 0]
