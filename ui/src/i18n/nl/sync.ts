import { number } from '../words.ts';

export const sync = {
  /** The chip: short, and true. */
  alone: 'Alleen op dit apparaat',
  upToDate: (when: string) => `Bijgewerkt, ${when}`,
  neverYet: 'Nog niet bijgewerkt',
  unsent: (count: number) => `${number(count)} nog niet verzonden`,
  busy: 'Bezig met bijwerken',
  first: (percent: number) => `Eerste keer ophalen, ${percent} %`,
  offlineSince: (when: string) => `Offline sinds ${when}`,
  offline: 'Offline',
  problem: 'Bijwerken lukt niet',
  revoked: 'Dit apparaat is afgemeld',
  refused: (count: number) => `${number(count)} geweigerd`,

  /** The page: what it means. */
  explain: {
    alone: 'Wat je opschrijft staat versleuteld op dit apparaat, en nergens anders.',
    up_to_date: 'Alles is verzonden en opgehaald.',
    waiting: 'Alles staat veilig op dit apparaat en gaat vanzelf mee.',
    busy: 'Je kunt gewoon doorwerken.',
    first: 'Je kunt al beginnen terwijl de rest binnenkomt.',
    offline:
      'Er is nu geen verbinding. Alles staat veilig op dit apparaat en gaat later vanzelf mee.',
    problem: 'Alles staat veilig op dit apparaat. Het wordt vanzelf opnieuw geprobeerd.',
    revoked: 'Een beheerder van je team heeft dit apparaat afgemeld.',
  },
  now: 'Werk nu bij',
  asked: 'Bijwerken is gestart',
  lastTime: 'Laatst bijgewerkt',
  never: 'nog niet',
  server: 'Server van je team',
  device: 'Dit apparaat',
  firstLabel: 'Eerste keer ophalen',
  clockSkew: (minutes: number) =>
    `De klok van dit apparaat wijkt ${number(minutes)} minuten af van die van de server. Zet de klok goed, dan kloppen de tijden bij je notities.`,
  unsentTitle: 'Nog niet verzonden',
  unsentMore: (count: number) => `En nog ${number(count)} andere.`,
  refusedTitle: 'Geweigerd',
  refusedText: 'Deze wijzigingen zijn apart bewaard. Er is niets weggegooid.',
  refusedMine: 'van dit apparaat',
  refusedTheirs: 'ontvangen',
  refusedHere:
    'Dit apparaat kon deze wijziging niet vertrouwen en heeft die niet overgenomen. Al het andere is gewoon bijgewerkt.',
  refusedUnknown: 'Een wijziging',
  refusedExport: 'Bewaar als bestand',
  exported: (count: number, path: string) => `${number(count)} bewaard in ${path}`,
  teamTitle: 'Je team',
  onlyReading: 'Wat je noteert, blijft op dit apparaat. Niemand anders ziet het.',
  keptTitle: 'Alleen op dit apparaat',
  keptText: (count: number) =>
    count === 1
      ? 'Eén ding staat alleen hier. Niemand anders ziet het, en er is geen kopie.'
      : `${number(count)} dingen staan alleen hier. Niemand anders ziet ze, en er is geen kopie.`,
  keptBring: (name: string) => `Zet in ${name}`,
  keptBringOwn: 'Zet in je eigen ruimte',
  keptAsk: (name: string) => `Alles in ${name} zetten?`,
  keptAskOwn: 'Alles in je eigen ruimte zetten?',
  keptAskOwnText:
    'Jij ziet het daarna op al je apparaten, en niemand anders. Dit kun je niet in één keer terugdraaien.',
  keptAskText: (name: string) =>
    `Iedereen die bij ${name} hoort kan het daarna lezen. Dit kun je niet in één keer terugdraaien.`,
  ownText:
    'Je kunt ook een eigen ruimte maken. Wat daar staat, zie jij op al je apparaten, en niemand anders.',
  ownMake: 'Maak je eigen ruimte',
  ownMade: 'Je eigen ruimte is er. Bij Noteer kies je waar een notitie terechtkomt.',
  peopleTitle: 'Wie er meedoen',
  me: (name: string) => (name === '' ? 'jij' : `${name} (jij)`),
  role: { reader: 'lezen', writer: 'lezen en schrijven', manager: 'beheren' },
  space: {
    personal: 'persoonlijk',
    team: 'team',
    organisation: 'organisatie',
    partnership: 'buurtaanpak',
    device: 'dit apparaat',
  },
  lostTitle: (name: string) => `Je hoort niet meer bij ${name}`,
  lostText: (count: number) =>
    count === 1
      ? 'Eén ding was nog niet verzonden. Dat kan niet meer. Bewaar het als bestand, of haal het weg.'
      : `Deze ${number(count)} dingen waren nog niet verzonden. Dat kan niet meer. Bewaar ze als bestand, of haal ze weg.`,
  lostExport: 'Bewaar als bestand',
  lostFinish: 'Haal weg van dit apparaat',
  lostAsk: 'Weghalen zonder te bewaren?',
  lostAskText: (count: number) =>
    count === 1
      ? 'Dit ene ding staat nergens anders. Daarna is het er niet meer.'
      : `Deze ${number(count)} dingen staan nergens anders. Daarna zijn ze er niet meer.`,
  defaultSpace: 'nieuwe notities komen hier',
  makeDefault: 'Nieuwe notities hierheen',
  lease: (days: number) =>
    days <= 1
      ? 'Dit apparaat heeft lang geen contact gehad met je team. Binnen een dag gaat het op slot, tot er weer verbinding is. Er gaat niets verloren.'
      : `Dit apparaat heeft lang geen contact gehad met je team. Over ${number(days)} dagen gaat het op slot, tot er weer verbinding is. Er gaat niets verloren.`,
  leaveTitle: 'Stop op dit apparaat',
  leaveText:
    'Bijvoorbeeld als je een ander apparaat krijgt. Wat verzonden is, blijft bij je team. Je kladblok gaat weg.',
  leave: 'Stop op dit apparaat',
  leaveAsk:
    'Alles wat Buurtboek op dit apparaat bewaart, wordt vernietigd. Om weer mee te doen heb je een nieuwe uitnodiging nodig.',
  leaveLeft: (count: number) =>
    count === 1
      ? 'Eén ding is niet verzonden en staat nergens anders.'
      : `${number(count)} dingen zijn niet verzonden en staan nergens anders.`,
  leaveUntold:
    'Er is nu geen verbinding, dus je team hoort niet dat je stopt. Wat nog niet verzonden is, gaat verloren.',
  leaveAnyway: 'Stop toch',
  joinTitle: 'Sluit aan bij een team',
  joinText: 'Wat je al hebt opgeschreven gaat mee. Er gaat niets verloren.',
  name: 'Je naam, zoals collega’s je kennen',
  join: 'Sluit aan',
  joined: 'Je hoort nu bij het team',
  joinedAlready: 'Dit apparaat hoort al bij een team',
  joinedAlreadyText: 'Open de uitnodiging op een ander apparaat, of verlaat hier eerst het team.',
  invitation: 'Uitnodiging',
  invitationHint: 'Plak hier de tekst die je van je team kreeg.',
  invitationImage: 'Kies een foto van de QR-code',
  invitationFor: (server: string) => `Dit is een uitnodiging voor ${server}.`,
  pull: 'Laat los om bij te werken',
};
