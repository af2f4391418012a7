// What can be counted in a brief and how people call it, as regular expressions on the canonical line.
import type { CountPath } from './ops.ts';

export const PEOPLE_NOUN =
  '(?:people|persons|employees?|staff(?: members)?|staffers|headcount|team ?mates|team members|colleagues|coworkers|co workers|workers|ftes?|agents|occupants|heads|associates|professionals|personnel|folks|users|desk workers|office workers|knowledge workers|attorneys|lawyers|engineers|developers|devs|researchers|scientists|technicians|designers|architects|analysts|consultants|accountants|nurses|clinicians|doctors|advisors|advisers|planners|recruiters|reps|sales reps|sales people|salespeople|operators|programmers|partners|paralegals|underwriters|brokers|traders|editors|journalists|teachers|faculty|interns|managers|creatives|administrators|admins)';

export interface CountNoun {
  path: CountPath;
  noun: string;
  /** What makes the match something else, tested on modifiers + noun + what follows. */
  guard?: RegExp;
  /** Names that may also stand before the number. */
  keys?: string;
}

export const COUNT_NOUNS: readonly CountNoun[] = [
  {
    path: 'phone_booths',
    noun: '(?:(?:phone|call|telephone|privacy|focus|zoom|acoustic|soundproof|quiet|phone call|video|private call)s? (?:booths?|pods?)|(?:phone|call|telephone|acoustic) (?:cabins?|box(?:es)?)|phone rooms?|call rooms?|(?:single|double|solo|twin|one person|two person|[12] person|single person|acoustic office|soundproofed|phone and focus) (?:booths?|pods?)|booths? for (?:phone |private |quick )?calls|phonebooths?|booths)',
    guard:
      /\b(?:cafe|diner|dining|banquette|restaurant|lounge|lunch|breakroom|kitchen|trade show|show|exhibition|seating|voting|ticket|photo|toll|spray|work|collaboration|meeting|paint)\w* booths?\b|booths? (?:seating|in the (?:cafe|breakroom|kitchen|canteen))/,
  },
  {
    path: 'meeting_rooms',
    noun: '(?:(?:(?:meeting|conference|huddle|board|interview|war|videoconference|video conference|team meeting|client meeting|focus meeting)(?: and (?:meeting|conference|huddle))? (?:rooms?|spaces?))|boardrooms?|(?:meeting|conference|huddle) ones?|rooms? for (?:team |client |our |internal |the )?(?:meetings?|conferences?)(?! with)|huddles?(?! (?:rooms?|areas?|zones?|up))|conf rooms?|meeting (?:and|or|/) conference rooms?)',
    guard: /\b(?:table|chair|furniture)/,
  },
  {
    path: 'private_offices',
    noun: '(?:(?:private|enclosed|closed|closed door|executive|corner|single|managers?|individual|partners?|directors?|cellular|perimeter|window|management|walled|glass|glass fronted|dedicated|exec|solo|one person|1 person|leadership|ceo)(?: and (?:private|enclosed|executive))? offices?|offices|(?:(?:private|manager|director|executive|md|md s|enclosed|glass) )?(?<!phone |call |telephone |acoustic )cabins?)',
    guard:
      /^(?!.*(?:private|enclosed|closed|executive|corner|single|manager|individual|partner|director|walled|exec)).*offices? (?:in|across|around|worldwide|nationwide|globally|and counting|over|throughout)|\b(?:branch|regional|satellite|other|existing|current|home|field|sales|international|local|global|remote) offices?\b|offices? (?:chairs?|furniture|desks?|space|seating|park|tower|building)/,
  },
  {
    path: 'workstation_count',
    noun: '(?:(?:work ?)?stations?|desks?|bench(?:ing)? (?:positions|spots)|desk (?:positions|spaces|spots)|work ?points|work(?:ing)? (?:places|positions)|work ?spots|cubicles|cubes|benching workstations|sit (?:to |and |or )?stands)',
    guard:
      /\b(?:reception|front|welcome|help|service|information|security|charging|printer|print|coffee|docking|train|subway|hydration|water|recycling|copy|teaching|sorting|nurse|nurses) (?:desks?|stations?)\b|desks? (?:lamp|phone|chairs?|calendar|accessor|converter|mat)/,
  },
  {
    path: 'employee_count',
    noun: PEOPLE_NOUN,
    keys: '(?:head ?count|heads|people|employees|staff|team size|staff size|staffing|occupants|occupancy|users|number of (?:people|employees|staff)|ftes?|company size|team)',
    guard:
      /\b(?:year|meeting|conference|table|wheelchair)\b|\b(?:other|neighbou?r\w*) people|(?:users|people|staff|folks|employees) (?:ago|company wide|worldwide|globally|have left|left|complained|attended|were laid off|resigned)|\bpartners? offices/,
  },
];

/** Plural groups whose number multiplies what each has. */
export const GROUPS =
  'floors|levels|storeys|stories|teams|departments|pods|clusters|rows|groups|wings|neighbou?rhoods|buildings|sites|squads|zones|areas|islands|banks|runs|benches|blocks|units|bays|divisions|shifts|sets|locations|studios|suites';
export const PEOPLE_GROUPS = 'teams|departments|groups|squads|divisions|crews';
export const DESK_GROUPS = 'pods|clusters|rows|islands|banks|runs|benches|neighbou?rhoods|blocks';
