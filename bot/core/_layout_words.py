"""What people write above the columns of their tables, and what they call a stage, in four languages.

Each word without case, accents, spaces and signs, as `layout.plain` makes it.
"""

from __future__ import annotations

HEADINGS = {  # by the name of what stands below
    "INTERVIEW": "interview interviewdate interviewon gesprach vorstellungsgesprach entretien dateentretien"
    " dateinterview datedentretien entrevista fechaentrevista",
    "OFFER": "offer offerdate angebot offre oferta",
    "ENDED": "rejected rejectiondate rejectedon absage absagedatum absageam answerdate refus rechazo closedon",
    "CHANGED": "updated lastupdated lastupdate updatedat lastchange lastcontact geandert letzteanderung"
    " aktualisiert misajour actualizado",
    "APPLIED": "applied appliedon applieddate dateapplied applicationdate dateofapplication datum bewerbungsdatum"
    " beworben beworbenam bewerbungam date datecandidature datedecandidature postulele candidature fecha"
    " fechadesolicitud fechasolicitud fechadepostulacion sent senton gesendet versendet",
    "ADDED": "added addedon dateadded createdat created savedon gespeichert ajoute anadido",
    "LINK": "link url joblink joburl posting jobposting website stellenlink anzeige stellenanzeige lien enlace"
    " annonce anuncio",
    "STATUS": "status stage state phase stand ergebnis statut etat etape resultat estado etapa resultado result"
    " outcome",
    "COMPANY": "company companyname employer organisation organization firm firma unternehmen arbeitgeber betrieb"
    " entreprise societe employeur empresa compania empleador organizacion",
    "ROLE": "role position jobtitle title job stelle rolle stellenbezeichnung beruf jobtitel poste intitule"
    " intituleduposte metier fonction puesto cargo vacante",
    "SOURCE": "source jobsource channel foundon via platform portal quelle kanal gefundenuber plattform origine"
    " canal plateforme fuente origen",
    "KIND": "jobtype type kind worktype employmenttype contract remote arbeitszeit vertragsart art typ"
    " typedecontrat contrat tipo contrato tipodecontrato modalidad",
    "PLACE": "location place city office ort standort arbeitsort stadt lieu ville localisation lugar ciudad ubicacion",
    "REACH": "address phone email mail telephone adresse telefon telefonnummer anschrift courriel direccion"
    " telefono correo",
    "WHOM": "contact contactperson contactname recruiter person kontakt ansprechpartner ansprechpartnerin"
    " kontaktperson interlocuteur contacto personadecontacto reclutador",
    "NOTE": "notes note comment comments remarks notizen notiz bemerkung bemerkungen kommentar anmerkung"
    " remarques commentaire commentaires notas nota comentarios comentario observaciones",
    "NOTHING": "index nr no number id lfdnr lfd numero",
}
STAGES = {  # by the name of the stage, or of why it is lost; what is further down is sought first within other words
    "wishlist": "wishlist draft saved bookmarked interested toapply todo planned idea notapplied"
    " merkliste gespeichert geplant entwurf interessant aenvoyer brouillon interesse guardado borrador",
    "applied": "applied sent submitted waiting pending open noresponse inprogress inreview underreview"
    " awaitingresponse beworben gesendet versendet abgeschickt eingereicht laufend offen wartend inbearbeitung"
    " ausstehend keineantwort envoye envoyee postule encours enattente candidatureenvoyee enviado enviada"
    " solicitado postulado enproceso pendiente aplicado",
    "interviewing": "interviewing interview interviews screening phonescreen phoneinterview technicalinterview"
    " onsite finalround assessment gesprach vorstellungsgesprach eingeladen einladung telefoninterview"
    " bewerbungsgesprach entretien entretiens convoque entrevista entrevistado",
    "offer": "offer offered offerreceived angebot zusage offre offrerecue oferta ofertarecibida",
    "accepted": "accepted hired offeraccepted signed angenommen eingestellt accepte acceptee embauche"
    " aceptado aceptada contratado",
    "closed": "closed expired archived archive filled cancelled canceled geschlossen abgelaufen besetzt archiviert"
    " stellebesetzt cloture expiree expire pourvu cerrado cerrada expirado archivado cubierta",
    "ghosted": "ghosted noanswer neverheardback keineruckmeldung sansreponse sinrespuesta",
    "rejected": "rejected rejection declinedbythem notselected no denied turneddown unsuccessful absage abgelehnt"
    " abgesagt refus refuse refusee rejete rechazado rechazada rechazo descartado lost",
    "withdrew": "withdrew withdrawn withdraw zuruckgezogen retire retiree retirado retirada",
    "declined": "declined offerdeclined declinedoffer declinedbyme abgelehntvonmir angebotabgelehnt"
    " offrerefusee ofertarechazada",
}
