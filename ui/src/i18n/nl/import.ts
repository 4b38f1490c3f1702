import { number } from '../words.ts';

const contacts = (count: number): string =>
  count === 1 ? '1 contact' : `${number(count)} contacten`;

export const importing = {
  title: 'Lees contacten in',
  text: 'Neem contacten mee uit een ander programma: een vCard (.vcf), een CSV-bestand of een bestand dat Buurtboek zelf maakte. Je ziet eerst wat erin staat. Er wordt nog niets bewaard.',
  choose: 'Kies een bestand',
  another: 'Kies een ander bestand',
  drop: 'Of sleep een bestand hierheen.',
  reading: (name: string) => `${name} wordt gelezen`,
  looking: 'Even kijken wat erin staat',
  unreadableFile:
    'Dit bestand kan niet worden geopend. Er is niets bewaard. Kijk of het er nog staat en probeer het opnieuw.',
  preview: {
    title: (name: string) => `Dit staat in ${name}`,
    found: (count: number) => (count === 1 ? '1 rij te lezen' : `${number(count)} rijen te lezen`),
    new: (count: number) => `${number(count)} nieuw`,
    known: (count: number) => `${number(count)} waarschijnlijk bekend`,
    unreadable: (count: number) => `${number(count)} niet te lezen`,
    nothing: 'Er staat niets in dit bestand dat kan worden ingelezen.',
    notAllShown: (shown: number) =>
      `De eerste ${number(shown)} rijen staan hieronder. Wat je voor alle bekende kiest, geldt ook voor de andere; wie nieuw is, komt erbij.`,
    space: 'Waar komen de nieuwe contacten terecht?',
  },
  known: {
    title: 'Waarschijnlijk bekend',
    text: 'Deze lijken op iemand die je al kent. Kies wat ermee moet.',
    looksLike: 'Lijkt op',
    question: (name: string) => `Wat doen met ${name}?`,
    all: 'Voor alle bekende',
    mixed: 'verschillend',
    merge: 'voeg samen',
    new: 'maak nieuw contact',
    skip: 'sla over',
  },
  fresh: {
    title: 'Nieuw',
    leaveOut: 'Laat weg',
    take: 'Neem mee',
    leaveOutThis: (name: string) => `Laat weg: ${name}`,
    takeThis: (name: string) => `Neem mee: ${name}`,
  },
  unreadable: {
    title: 'Niet te lezen',
    line: (line: number) => `Regel ${number(line)}`,
    why: {
      no_name: 'er staat geen naam bij',
      not_a_card: 'dit is geen kaart van een contact',
      not_a_person: 'dit is een kaart van een programma of apparaat',
      bad_encoding: 'de tekens zijn niet te lezen',
      too_many_columns: 'er staan meer vakken dan de kop heeft',
      open_quote: 'een aanhalingsteken wordt nergens gesloten',
      bad_json: 'dit is geen geldige JSON',
      bad_id: 'het nummer van dit gegeven klopt niet',
      unknown_kind: 'dit soort gegeven kent Buurtboek niet',
      not_by_hand: 'dit houdt Buurtboek zelf bij',
      truncated: 'het bestand houdt hier midden in op',
      too_long: 'deze rij is te lang',
      too_many_rows: 'het bestand heeft te veel rijen',
      file_too_big: 'het bestand is te groot',
      other: 'Buurtboek begrijpt deze rij niet',
    },
  },
  leftOut: {
    /** "weggelaten: notitie (burgerservicenummer)" */
    words: (what: string) => `weggelaten: ${what}`,
    because: (what: string, why: string) => `${what} (${why})`,
    why: {
      bsn: 'burgerservicenummer',
      too_long: 'te lang',
      second: 'er is plaats voor één',
      truncated: 'niet compleet',
      other: 'past niet',
    },
    what: {
      name: 'naam',
      phone: 'telefoon',
      email: 'e-mail',
      web: 'website',
      ways: 'telefoon of e-mail',
      address: 'adres',
      street: 'straat',
      house_number: 'huisnummer',
      postcode: 'postcode',
      town: 'plaats',
      language: 'taal',
      languages: 'talen',
      talent: 'kracht',
      talents: 'krachten',
      cares_about: 'waar iemand om geeft',
      note: 'notitie',
      met: 'hoe je iemand kent',
      card: 'deel van de kaart',
      other: 'een ander veld',
    },
  },
  apply: (count: number) => `Lees ${contacts(count)} in`,
  applyNothing: 'Er is niets gekozen om in te lezen',
  applying: 'De contacten worden bewaard',
  cancel: 'Toch niet',
  more: (count: number) => `Toon meer (nog ${number(count)})`,
  done: {
    title: (count: number) =>
      count === 1
        ? '1 gegeven bewaard op dit apparaat'
        : `${number(count)} gegevens bewaard op dit apparaat`,
    nothing: 'Er veranderde niets: alles stond er al.',
    skipped: (count: number) => `${number(count)} overgeslagen`,
    unread: (count: number) => `${number(count)} niet te lezen`,
    undo: 'Maak het inlezen ongedaan',
    undone: 'Het inlezen is ongedaan gemaakt',
    see: 'Bekijk je contacten',
  },
  export: {
    title: 'Neem mee in een bestand',
    text: 'In zo’n bestand staan gegevens van bewoners, niet versleuteld. Bewaar het veilig en gooi het weg als je klaar bent.',
    vcard: 'Contacten (vCard)',
    ics: 'Opvolgingen (agenda)',
    icsMine: 'Mijn opvolgingen (agenda)',
    icsTeam: 'Opvolgingen van het team (agenda)',
    jsonl: 'Alles (voor een ander programma)',
    done: (count: number) =>
      count === 1 ? '1 gegeven staat in' : `${number(count)} gegevens staan in`,
    nothing: 'Er is nog niets om mee te nemen. Dit bestand is leeg:',
    archived: (count: number) =>
      count === 1
        ? '1 gearchiveerd gegeven staat er niet in.'
        : `${number(count)} gearchiveerde gegevens staan er niet in.`,
  },
};
