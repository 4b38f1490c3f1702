type Sentence = string | ((details: Record<string, unknown>) => string);

/** What happened, that nothing is lost, and what to do. One sentence per code. */
const sentences = {
  wrong_passphrase: 'Deze wachtzin of pincode klopt niet. Probeer het opnieuw.',
  passphrase_too_short:
    'Neem minstens zes tekens. Een zin van vier woorden is sterk en te onthouden.',
  not_open: 'Buurtboek zit op slot. Er is niets kwijt. Open het met je wachtzin.',
  already_initialised: 'Op dit apparaat staat al een Buurtboek. Open het met je wachtzin.',
  database_busy:
    'Buurtboek is al open in een ander venster. Er is niets kwijt. Sluit dat venster en probeer het opnieuw.',
  database_newer:
    'Deze gegevens zijn bewaard met een nieuwere Buurtboek. Er is niets veranderd. Werk de app bij en open hem weer.',
  database_damaged:
    'Een deel van het bestand op dit apparaat is beschadigd. Er is niets overschreven. Vraag hulp voordat je verder werkt.',
  database_unreadable:
    'Het bestand met je gegevens kan niet worden gelezen. Er is niets overschreven. Kijk of de schijf bereikbaar is en probeer het opnieuw.',
  disk_full:
    'Dit apparaat is vol, dus dit kon niet worden bewaard. Wat er al stond is veilig. Maak ruimte vrij en probeer het opnieuw.',
  key_store_unavailable:
    'De sleutelbewaarplaats van dit apparaat geeft geen antwoord. Er is niets kwijt. Meld je aan op het apparaat en probeer het opnieuw.',
  bsn: 'Hier staat een burgerservicenummer. Dat mag Buurtboek niet bewaren. Haal het nummer weg, de rest van je tekst blijft staan.',
  not_found: 'Dit is er niet meer. Misschien heeft een collega het weggehaald.',
  required: 'Hier moet nog iets staan.',
  invalid_value: 'Dit past hier niet. Er is niets veranderd. Kijk het nog eens na.',
  too_long: 'Deze tekst is te lang om in één keer te bewaren. Verdeel hem over twee notities.',
  reason_needed: 'Schrijf er kort bij waarom. Dan kun je het later uitleggen.',
  owner_needed: 'Een open signaal heeft één eigenaar en een volgende datum nodig.',
  values_changed:
    'Er kwam net een nieuwe waarde bij. Er is niets gekozen. Kijk nog een keer en kies dan.',
  cannot_undo: 'Dit kan niet meer ongedaan worden gemaakt, omdat er later aan verder is gewerkt.',
  invitation_unreadable:
    'Dit is geen uitnodiging die Buurtboek kan lezen. Plak de hele tekst, of kies een scherpe foto van de QR-code.',
  invitation_used: 'Deze uitnodiging is al gebruikt. Vraag je team om een nieuwe.',
  invitation_expired: 'Deze uitnodiging is verlopen. Vraag je team om een nieuwe.',
  already_joined: 'Dit apparaat hoort al bij een team.',
  not_joined: 'Dit apparaat hoort nog niet bij een team. Alles blijft op dit apparaat.',
  offline:
    'Er is nu geen verbinding. Alles staat veilig op dit apparaat en gaat later vanzelf mee.',
  server_problem:
    'De server van je team geeft een fout. Alles staat veilig op dit apparaat. Het wordt vanzelf opnieuw geprobeerd.',
  server_too_old:
    'De server van je team is te oud voor deze app. Alles staat veilig op dit apparaat. Geef het door aan je beheerder.',
  app_too_old:
    'Deze app is te oud voor de server van je team. Alles staat veilig op dit apparaat. Werk de app bij.',
  certificate:
    'Het is niet zeker dat dit de server van je team is, dus er is niets verzonden. Geef het door aan je beheerder.',
  revoked: 'Dit apparaat is door je team afgemeld. De gegevens op dit apparaat zijn vernietigd.',
  missing_deps: 'De server mist een eerder stuk. Niets is weg, bij de volgende keer gaat het mee.',
  actor_fork:
    'Dit apparaat lijkt uit een reservekopie te komen. De wijziging is apart bewaard. Werk opnieuw bij.',
  epoch_superseded: 'Er is intussen een gegeven gewist. De wijziging is apart bewaard.',
  erased: 'Dit is intussen overal gewist, dus de wijziging kon er niet meer bij.',
  no_right: 'Je mag hier niet schrijven. De wijziging is apart bewaard en kun je meenemen.',
  too_big: 'Deze wijziging is te groot om te verzenden. Zij is apart bewaard en kun je meenemen.',
  invalid: 'De server kon deze wijziging niet lezen. Zij is apart bewaard en kun je meenemen.',
  file_unreadable: 'Dit bestand kan niet worden gelezen. Er is niets ingelezen.',
  file_too_big: 'Dit bestand is te groot. Er is niets ingelezen. Verdeel het in kleinere delen.',
  import_gone:
    'Deze lijst is niet meer klaar om in te lezen. Er is niets bewaard. Kies het bestand opnieuw.',
  export_failed: 'Het bestand kon niet worden geschreven. Er is niets kwijt.',
  unreachable:
    'De app geeft geen antwoord. Wat bewaard is, blijft bewaard. Probeer het opnieuw of start de app opnieuw.',
  bad_arguments: 'Buurtboek begreep deze opdracht niet. Er is niets veranderd.',
  unknown_command: 'Dit kan deze versie van Buurtboek niet. Er is niets veranderd.',
  unexpected:
    'Er ging iets mis dat Buurtboek niet kent. Wat bewaard is, blijft bewaard. Probeer het opnieuw.',
} satisfies Record<string, Sentence>;

export const errors = {
  sentences: sentences as Record<keyof typeof sentences, Sentence>,
  actions: {
    retry: 'Probeer opnieuw',
    unlock: 'Open met wachtzin',
    sync: 'Werk nu bij',
    join: 'Ga naar je team',
    settings: 'Ga naar instellingen',
    close: 'Sluit',
  },
};
