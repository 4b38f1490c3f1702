type Sentence = string | ((details: Record<string, unknown>) => string);

/** What happened, that nothing is lost, and what to do. One sentence per code. */
const sentences = {
  // The device and its database
  wrong_passphrase:
    'Deze wachtzin of pincode klopt niet. Er is niets veranderd. Probeer het opnieuw.',
  passphrase_short: ({ limit }) =>
    limit === 12
      ? 'Neem minstens twaalf tekens: op dit apparaat beschermt alleen je wachtzin wat je bewaart. Een zin van vier woorden is sterk en te onthouden.'
      : 'Neem minstens zes tekens. Een zin van vier woorden is sterk en te onthouden.',
  passphrase_digits:
    'Neem niet alleen cijfers: op dit apparaat beschermt alleen je wachtzin wat je bewaart, en een getal is snel geraden. Een zin van vier woorden is sterk en te onthouden.',
  too_many_tries: ({ wait }) =>
    typeof wait === 'number'
      ? `Er is te vaak een verkeerde wachtzin ingevuld. Wacht ${wait} seconden en probeer het dan. Er is niets kwijt.`
      : 'Er is te vaak een verkeerde wachtzin ingevuld. Wacht even en probeer het dan. Er is niets kwijt.',
  lease_over: ({ days }) =>
    typeof days === 'number'
      ? `Dit apparaat had ${days} dagen geen contact met je team en zit daarom op slot. Alles staat er nog. Maak verbinding met internet en open het dan opnieuw.`
      : 'Dit apparaat had te lang geen contact met je team en zit daarom op slot. Alles staat er nog. Maak verbinding met internet en open het dan opnieuw.',
  wiped:
    'Een beheerder van je team heeft dit apparaat afgemeld. Wat Buurtboek hier bewaarde is vernietigd. Wat verzonden was, staat veilig bij je team.',
  locked: 'Buurtboek zit op slot. Er is niets kwijt. Open het met je wachtzin.',
  exists:
    'Op dit apparaat staat al een Buurtboek. Het is gebleven zoals het was. Open het met je wachtzin.',
  absent: 'Op dit apparaat staat nog geen Buurtboek.',
  device_secret_missing:
    'Dit Buurtboek hoort bij een ander apparaat of een andere gebruiker: het geheim dat daar bewaard wordt is hier niet. Er is niets veranderd. Open het op dat apparaat, of vraag je team om een nieuwe uitnodiging.',
  key_file:
    'Het bestand met de sleutel is beschadigd of weg. Er is niets overschreven. Zet het terug uit een kopie, of begin opnieuw en sluit weer aan bij je team.',
  newer_database:
    'Deze gegevens zijn bewaard met een nieuwere Buurtboek. Er is niets veranderd. Werk de app bij en open hem weer.',
  database_busy:
    'Buurtboek is al open in een ander venster. Er is niets kwijt. Sluit dat venster en probeer het opnieuw.',
  disk_full:
    'Dit apparaat is vol, dus dit is nog niet bewaard. Wat er al stond is veilig. Maak ruimte vrij en bewaar opnieuw.',
  not_writable:
    'Buurtboek mag op dit apparaat niet schrijven, dus dit is nog niet bewaard. Wat er al stond is veilig. Vraag wie dit apparaat beheert om de map vrij te geven.',
  damaged:
    'Een deel van het bestand op dit apparaat is beschadigd. Er is niets overschreven, en wat verzonden is staat veilig bij je team. Zet Buurtboek op slot en kies Herstel.',
  beyond_repair:
    'Van dit boek is niets meer te lezen. Het is zo gelaten. Wat verzonden is staat veilig bij je team. Vraag je team om hulp en een nieuwe uitnodiging.',
  storage:
    'De gegevens op dit apparaat konden niet worden gelezen of geschreven. Er is niets overschreven. Probeer het opnieuw.',
  folder_unusable:
    'De map voor de gegevens kan niet worden gebruikt. Er is niets veranderd. Kijk of de schijf bereikbaar is en probeer het opnieuw.',
  system: 'Verbinden lukt nu niet op dit apparaat. Er is niets kwijt. Start Buurtboek opnieuw.',
  preference_unknown: 'Deze keuze bestaat niet. Er is niets veranderd. Kies een andere.',
  // What a rule refuses
  bsn: 'Hier staat een burgerservicenummer. Dat mag Buurtboek niet bewaren. Haal het nummer weg, de rest van je tekst blijft staan.',
  basis_without_consent:
    'Toestemming kan niet de reden zijn zolang de persoon geen toestemming gaf. Er is niets veranderd. Vraag het, of kies een andere reden.',
  managers_only:
    'Alleen een beheerder van deze ruimte mag dit. Er is niets veranderd. Vraag het een beheerder van de ruimte.',
  still_named:
    'In wat blijft staan, staat nog een naam, nummer of adres van deze persoon. Er is niets veranderd. Haal dat uit de tekst.',
  not_due:
    'Iets in deze lijst hoeft niet weg, of niet meer. Er is niets veranderd. Bekijk de lijst opnieuw.',
  file_not_made: 'Het bestand kon niet worden gemaakt. Er is niets veranderd. Probeer het opnieuw.',
  too_long: ({ limit }) =>
    typeof limit === 'number'
      ? `Deze tekst is langer dan ${limit} tekens. Hij staat er nog. Maak hem korter.`
      : 'Deze tekst is te lang. Hij staat er nog. Maak hem korter.',
  record_full:
    'Hier is zo veel geschreven en veranderd dat er niets meer bij past. Je woorden staan nog in het veld. Zet ze in een nieuwe notitie.',
  wrong_shape: 'Dit past hier niet. Er is niets veranderd. Kijk het nog eens na.',
  unknown_field:
    'Dit gegeven kent deze versie van Buurtboek niet. Er is niets veranderd. Werk de app bij.',
  missing_field: 'Hier moet nog iets staan. Vul het in en bewaar opnieuw.',
  signal_let_go:
    'Een open signaal heeft één eigenaar en een volgende datum. Kies ze allebei en bewaar opnieuw.',
  reporter_not_asked:
    'Kies of degene die het vertelde weet hoe het afliep, en sluit het signaal dan.',
  reason_missing: 'Schrijf er kort bij waarom, en bewaar opnieuw. Dan kun je het later uitleggen.',
  ends_before_it_begins:
    'De laatste dag is vóór de eerste. Er is niets veranderd. Kies een andere dag en bewaar opnieuw.',
  newer_schema:
    'Dit is geschreven met een nieuwere Buurtboek. Je kunt het lezen. Werk de app bij om het te wijzigen.',
  not_a_closing_state: 'Een signaal sluit je als opgelost of als niet opgepakt.',
  no_record: 'Dit staat niet meer op dit apparaat. Misschien is het gewist.',
  bad_id: 'Deze link klopt niet. Er is niets veranderd. Zoek het op naam.',
  unknown_kind:
    'Dit soort gegevens kent deze versie van Buurtboek niet. Er is niets veranderd. Werk de app bij.',
  not_by_hand: 'Dit houdt Buurtboek zelf bij. Er is niets veranderd. Je hoeft hier niets te doen.',
  other_kind: 'Onder deze link staat iets anders. Er is niets veranderd. Zoek het op naam.',
  erase_no_right:
    'Alleen wie dit maakte en een beheerder kunnen dit wissen. Er is niets gewist. Vraag een beheerder.',
  share_out_of_reach:
    'De kopie staat in een ruimte die je niet meer ziet. Misschien staat die er nog. Vraag een beheerder van die ruimte om de kopie te wissen.',
  redact_no_right:
    'Alleen wie dit maakte en een beheerder kunnen hier woorden uithalen. Er is niets veranderd. Vraag een beheerder.',
  nothing_there: 'Deze woorden staan hier niet, en stonden er ook nooit. Er is niets veranderd.',
  no_undo:
    'Dit kan niet meer ongedaan worden gemaakt. Er is niets veranderd. Wijzig het zelf terug.',
  no_conflict: 'Dit verschil is al opgelost. Er is niets veranderd.',
  conflict_changed:
    'Iemand schreef net een andere waarde. Er is niets gekozen. Kijk nog een keer en kies dan.',
  bad_choice: 'Deze keuze is er niet meer. Er is niets veranderd. Kijk nog een keer.',
  // Joining and sending
  no_invitation: 'Dit is geen hele uitnodiging. Plak de tekst van het begin tot het einde.',
  no_qr_code: 'Op deze foto staat geen leesbare QR-code. Maak hem opnieuw, scherp en recht.',
  picture_unreadable: 'Deze foto kan niet worden gelezen. Kies een PNG- of JPEG-bestand.',
  invitation_unknown:
    'De server kent deze uitnodiging niet. Er is niets veranderd. Vraag je team om een nieuwe.',
  invitation_used:
    'Deze uitnodiging is al op een ander apparaat gebruikt. Vraag je team om een nieuwe.',
  invitation_expired: 'Deze uitnodiging is ouder dan een dag. Vraag je team om een nieuwe.',
  enrolment_refused:
    'Een beheerder van het team heeft dit apparaat niet toegelaten. Er is niets kwijt. Vraag waarom, en vraag om een nieuwe uitnodiging.',
  not_joining: 'Dit apparaat wacht niet op een team. Er is niets veranderd.',
  needs_connection:
    'Hiervoor is verbinding nodig, en die is er nu niet. Er is niets veranderd. Probeer het opnieuw als je weer verbinding hebt.',
  gone_meanwhile: 'Dit is er niet meer. Misschien was een collega je voor. Er is niets veranderd.',
  last_manager:
    'Een ruimte houdt altijd minstens één beheerder. Er is niets veranderd. Maak eerst iemand anders beheerder.',
  phrase_differs:
    'Op het apparaat staat intussen een ander getal. Er is niemand toegelaten. Vergelijk nog een keer.',
  name_unusable: 'Deze naam is leeg of te lang. Er is niets veranderd. Kies een andere.',
  role_unknown: 'Dit recht bestaat niet. Er is niets veranderd. Kies een ander.',
  name_required: 'Vul je naam in, zodat collega’s je kennen, en sluit opnieuw aan.',
  not_private:
    'Deze uitnodiging gebruikt een open verbinding, dus er is niets verzonden. Vraag om een uitnodiging die met https begint.',
  joined_already: 'Dit apparaat hoort al bij een team.',
  no_space:
    'Bij deze ruimte hoort dit apparaat niet, of je mag er niet schrijven. Vraag je team om een andere uitnodiging.',
  space_read_only:
    'Hier mag je alleen lezen. Er is niets veranderd. Kies een andere ruimte, of vraag een beheerder van je team.',
  not_shareable:
    'Alleen een contact, een notitie of een signaal kun je delen. Er is niets gedeeld.',
  until_passed: 'Kies vandaag of een latere dag. Er is niets gedeeld.',
  unsent_left:
    'Er is nog iets niet verzonden. Er is niets weggehaald. Bewaar het eerst als bestand.',
  alone: 'Dit apparaat hoort nog niet bij een team. Alles blijft op dit apparaat.',
  offline:
    'Er is nu geen verbinding. Alles staat veilig op dit apparaat en gaat later vanzelf mee.',
  server_busy:
    'De server van je team heeft het te druk. Alles staat veilig op dit apparaat en gaat later vanzelf mee.',
  server_refused:
    'De server van je team kan dit nu niet aannemen. Alles staat veilig op dit apparaat. Probeer het later opnieuw.',
  not_a_server:
    'Op dit adres antwoordt iets anders dan Buurtboek. Alles staat veilig op dit apparaat. Geef het door aan wie jullie server beheert.',
  bad_server:
    'Het adres van de server kan niet worden gebruikt. Alles staat veilig op dit apparaat. Geef het door aan wie jullie server beheert.',
  answer_unreadable:
    'Het antwoord van de server kwam beschadigd binnen. Alles staat veilig op dit apparaat. Het wordt vanzelf opnieuw geprobeerd.',
  server_stands_still:
    'De server geeft steeds hetzelfde antwoord en komt niet verder. Alles staat veilig op dit apparaat. Blijft dit zo, geef het dan door aan wie jullie server beheert.',
  interrupted:
    'Het bijwerken is afgebroken. Alles staat veilig op dit apparaat. Het wordt vanzelf opnieuw geprobeerd.',
  upgrade_required:
    'Deze app is te oud voor de server van je team. Alles staat veilig op dit apparaat. Werk de app bij.',
  revoked: 'Dit apparaat hoort niet meer bij het team. Vraag een beheerder van je team wat er is.',
  // Why the server refused a change
  missing_deps: 'De server mist een eerder stuk. Niets is weg, bij de volgende keer gaat het mee.',
  actor_fork:
    'Dit apparaat lijkt uit een reservekopie te komen. De wijziging is apart bewaard. Werk opnieuw bij.',
  epoch_superseded: 'Er is intussen een gegeven gewist. De wijziging is apart bewaard.',
  erased: 'Dit is intussen overal gewist, dus de wijziging kon er niet meer bij.',
  no_right:
    'Je mag hier niet schrijven. We hebben de wijziging apart bewaard. Je kunt hem meenemen.',
  too_big:
    'Deze wijziging is te groot om te verzenden. We hebben hem apart bewaard. Je kunt hem meenemen.',
  invalid:
    'De server kon deze wijziging niet lezen. We hebben hem apart bewaard. Je kunt hem meenemen.',
  document_damaged:
    'Wat de server van dit gegeven heeft, is beschadigd. We hebben de wijziging apart bewaard. Je kunt hem meenemen. Vertel het wie jullie server beheert.',
  unknown:
    'De server weigerde deze wijziging om een reden die deze app niet kent. We hebben hem apart bewaard. Je kunt hem meenemen.',
  // Files
  file_unknown:
    'Dit is geen bestand met contacten. Er is niets ingelezen. Kies een vCard (.vcf) of een CSV-bestand.',
  file_not_written:
    'Het bestand kon niet worden geschreven. Er is niets kwijt. Kijk of er ruimte is en probeer het opnieuw.',
  no_import:
    'Dit bestand is te lang geleden gelezen. Er is niets bewaard. Kies het bestand opnieuw.',
  format_unknown: 'Dit soort bestand kan Buurtboek niet maken. Er is niets veranderd.',
  // The doors
  unreachable:
    'De app geeft geen antwoord. Wat bewaard is, blijft bewaard. Probeer het opnieuw of start de app opnieuw.',
  bad_arguments: 'Buurtboek begreep deze opdracht niet. Er is niets veranderd.',
  unknown_command: 'Dit kan deze versie van Buurtboek niet. Er is niets veranderd.',
  crashed: 'Hier ging iets mis in de app. Wat bewaard is, is veilig. Probeer het opnieuw.',
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
  },
};
