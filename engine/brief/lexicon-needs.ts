// How people name the special requirements, kinds of space and styles, as regular expressions on the canonical line
// (lower case, hyphens between words gone, typos mended).
import type { BriefSpaceType, SpecialRequirement, Style } from '../../contract/brief.ts';

const words = '(?:[a-z]+ )';

export const NEED_PHRASES: readonly (readonly [SpecialRequirement, string])[] = [
  [
    'standing_desks',
    `(?:sit (?:to |and |or )?stand(?:s|ing)?|standing height|height adjustable|adjustable height|electric height|hadts?|hat (?:desks?|tables?|workstations?)|(?<=(?:keep|all|w|with|incl|in|plus|add) )hats?(?= [),.;/]| ?$)|(?<=\\d )hat(?= [),.;]| ?$)|(?:standing|stand up|adjustable|electric|motori[sz]ed|raisable|variable height|rising) ${words}{0,2}(?:desks?|tables?|workstations?|stations?|benches|bench)|desks? ${words}{0,4}(?:raise|go up|move up|adjust|rise)${words}{0,3}(?:lower|down|height)?|desks (?:you|they|people|we) can stand at|sit or stand)`,
  ],
  [
    'phone_booths',
    '(?:(?:phone|call|telephone|privacy|focus|zoom|acoustic|soundproof|quiet|phone call|private call)s? (?:booths?|pods?)|(?:phone|call|telephone|acoustic) (?:cabins?|box(?:es)?)|phone rooms?|call rooms?|(?:single|double|solo|twin|one person|two person|[12] person|single person|acoustic office|soundproofed|phone and focus) (?:booths?|pods?)|booths? for (?:phone |private |quick )?calls|phonebooths?|(?<=(?:no|without|drop|skip|remove|scratch|forget|lose|ditch|zero) (?:the |our |any |more )?)booths)',
  ],
  [
    'collaboration_zones',
    `(?:collab(?:oration|orative|orating)?(?: ${words}?)?(?:zones?|areas?|spaces?|rooms?|hubs?|corners?|spots?|settings?|furniture|lounges?|tables?|neighbou?rhoods?)|(?:breakout|break out|brainstorm(?:ing)?|teaming|ideation|huddle|co ?creation|scrum|group work|project|informal meeting|team(?:work)?) (?:and ${words})?(?:zones?|areas?|spaces?|spots?|corners?|nooks?|hubs?|seating|settings)|breakouts?|(?:areas?|spaces?|spots?|places?|room) (?:for (?:people |teams |us )?(?:to )?|to |where (?:people|teams|we) can )(?:collaborate|collaboration|collaborating|brainstorm|brainstorming|work together|teamwork|group work|team work)|collaboration)`,
  ],
  [
    'acoustic_privacy',
    `(?:acoustic(?:s|ally|al)?(?: (?:privacy|panels?|treatment|screens?|dividers?|solutions?|separation|baffles?|control|ceiling|partitions?|tiles?|comfort|performance|insulation))?(?! (?:booth|pod))|sound ?(?:masking|proof(?:ing|ed)?|absor\\w+|dampen\\w*|deaden\\w*|insulation|privacy|control|baffles?|panels?)(?! (?:booth|pod))|noise (?:control|reduction|reducing|dampen\\w*|absor\\w+|cancell\\w+|management|mitigation|masking|levels? (?:is|are|low|down)|(?:is|has been|was) (?:a|an|the|our) ${words}{0,2}(?:problem|issue|concern|complaint)|problems?|issues?|complaints?)|speech privacy|(?:quiet|silent|focus|heads down|library quiet) (?:zones?|areas?|spaces?|corners?)|felt dividers|(?:keep|cut|reduce|dampen|absorb|lower) (?:down )?(?:on )?(?:the )?noise)`,
  ],
  [
    'ergonomic_seating',
    `(?:ergonomic(?:ally)?(?: and)? ${words}{0,3}(?:chairs?|seats?|seating|stools?|task seating|task chairs?)|ergo ${words}{0,2}(?:chairs?|seating|stools?)|(?:chairs?|seating) (?:should be |must be |shall be |will be |needs? to be |that are |need to be |has to be |have to be |to be |that is |is |are )?(?:fully |properly |truly |all )?ergonomic|(?:chairs?|seating|seats)(?: of course| please| too| as well| obviously)*(?: ,| -) (?:and |the |all )?ergonomic(?: ones?)?)`,
  ],
  [
    'hot_desking',
    '(?:hot ?desk(?:s|ing|ed)?|hotel?ling|hoteling|desk shar(?:ing|e)|shar(?:ed|ing|e) (?:the )?(?:desks?|workstations?|desking|seating)|free address|unassigned (?:seat(?:s|ing)|desks?|workstations?)|flex(?:ible)? desk(?:s|ing)|agile (?:desks?|desking|seating)|touch ?down (?:desks?|stations?|spaces?|areas?|points?|benches|spots?|seating)|touchdowns?|bookable desks?|drop in desks?|non assigned (?:seating|desks)|no assigned (?:seats|seating|desks))',
  ],
  [
    'wheelchair_access',
    '(?:wheelchairs?(?: (?:access(?:ible|ibility)?|users?|friendly|bound|turning))?|ada(?: (?:compliance|compliant|accessible|access|requirements?|height|clearances?))*|accessib(?:le|ility)|barrier free|step free|disabled access|disability access|mobility (?:impair\\w+|devices?|aids?|needs)|universal design|dda compliant)',
  ],
  [
    'lounge_seating',
    `(?:lounge(?:s|y)?(?: (?:seating|seats?|chairs?|furniture|areas?|spaces?|zones?|pieces?|settings?|sofas?|corner))*|sofas?|couch(?:es)?|soft seating|soft seats|arm ?chairs?|club chairs|comfy (?:chairs?|seating|seats)|settees?|living room (?:seating|style area|furniture|setting)|casual seating|bean ?bags?)`,
  ],
  [
    'breakroom',
    '(?:(?:break|lunch|staff|coffee|tea|dining) ?(?:rooms?)|break ?rooms?|kitchen(?:s|ette|ettes)?|caf(?:e|eteria|é|es)s?|canteen|pantry|pantries|coffee (?:bar|point|corner|area|station)|tea ?points?|eat in area|eating area|dining area|bistro|(?:make|grab|get) (?:a )?(?:coffee|tea)|work ?cafe)',
  ],
  [
    'storage_per_person',
    `(?:personal (?:storage|lockable storage|pedestals?|drawers?|cabinets?|filing)|individual (?:storage|pedestals?|drawers?|cabinets?|cupboards?|filing)|storage (?:per|for (?:each|every)) ${words}{0,1}(?:person|employee|desk|seat|workstation|staff member|one|head|user)?|storage for (?:everyone|everybody|all staff|all employees)|(?:mobile |desk |under desk |locking |rolling |file )?(?:pedestals?|peds?)|(?:a |one )?(?:file |filing |storage |lockable |mobile )?(?:drawers?|cabinets?|cupboards?|storage(?: unit)?|file) (?:per|for each|for every|at each|at every|under each|each|apiece) ?(?:person|employee|desk|seat|workstation|user|one)?|(?:every|each) (?:person|desk|employee|workstation|seat|one|staff member) ${words}{0,4}(?:own )?(?:storage|drawers?|cabinet|cupboard|filing)|(?:everyone|everybody) ${words}{0,4}(?:own )?(?:storage|drawers?|cabinet))`,
  ],
  [
    'training_room',
    '(?:training (?:rooms?|spaces?|areas?|suites?)|seminar rooms?|(?:lecture|workshop|learning) ?rooms?)',
  ],
  [
    'reception',
    '(?:reception(?: (?:areas?|desks?|counter|spaces?|seating|furniture|zone|lobby|station))*|lobby(?: (?:area|furniture|seating|space))?|front desk|welcome (?:desk|area)|waiting (?:area|room)s?|front of house|entry area)',
  ],
  [
    'wellness_room',
    '(?:wellness (?:rooms?|spaces?|areas?|suites?|pods?)|wellness|(?:mothers?|lactation|nursing|pumping|prayer|meditation|quiet|well ?being|multi ?faith|first aid|relaxation|nap|parents?|recovery|mindfulness|reflection) ?(?:rooms?|suites?)|mamava|lactation|(?:room|space|place|somewhere|area|spot)(?: [a-z]+){0,3} for (?:the |our |new |nursing |breastfeeding |expressing |pumping )*(?:mothers|moms|mums|prayer|meditation|resting)|room (?:for|to) rest(?:ing)?)',
  ],
  [
    'cable_management',
    '(?:(?:cable|wire|cord|power and (?:data|cable)|power and cable|wiring)s? ?(?:management|managed|trays?|routing|troughs?|raceways?|tidy|tidies|concealment|organi[sz]\\w+|control|channels?|spines?|ways?)|(?:hide|hidden|conceal|concealed|tidy|manage|route|organi[sz]e|tame|no (?:loose|visible|messy|exposed)|neat) (?:up )?(?:all |away )?(?:the |those |of the )?(?:cables?|wires?|cords?|wiring|cabling)|(?:cables?|wires?|cords?|cabling) (?:need to be |should be |must be |to be |kept |are |has to be |have to be )?(?:hidden|tidy|out of sight|managed|concealed|neat|tucked away|organi[sz]ed))',
  ],
  [
    'monitor_arms',
    '(?:(?:dual |single |twin |double |adjustable |two )?(?:monitor|screen|display|vesa)s? (?:arms?|mounts?|risers? arms?)|monitor ?arms?|(?:monitors?|screens?) on arms)',
  ],
  ['lockers', '(?:lockers?|locker (?:banks?|rooms?|units?|walls?))'],
  [
    'outdoor_furniture',
    '(?:(?:outdoors?|outside|patio|terrace|garden|exterior|roof ?top|roof deck|roof terrace|balcony|courtyard|deck|al fresco|weather ?proof|weather resistant) (?:[a-z]+ ){0,2}?(?:furniture|seating|seats|tables?|chairs?|areas?|spaces?|lounge|furnishings?|settings?|benches|dining|pieces|picnic)|(?:furniture|seating|tables?|chairs?|sofas?|benches) (?:for|on|out on|in) (?:the |our |a )?(?:roof|rooftop|terrace|patio|balcony|deck|courtyard|garden|outside|outdoors)|picnic tables?|(?:furniture|seating|tables?|chairs?|benches) (?:outside|outdoors|out in the open)|(?:furnish|outfit) (?:the |our )?(?:roof|rooftop|terrace|patio|balcony|deck|courtyard|roof deck|roof terrace)|outdoor)',
  ],
  [
    'av_integration',
    '(?:av(?= )(?: (?:integration|integrated|equipment|ready|systems?|setup|support|technology|tech|capable|units?|cabinets?|credenzas?))?|audio ?(?:visual|video)(?: [a-z]+)?|(?:video|tele) ?conferenc(?:e|ing)(?! (?:room|booth))(?: (?:equipment|setup|systems?|units?))?|videoconferenc(?:e|ing)|vc (?:equipment|setup|ready|units?|systems?|in)|projectors?|(?:wall |mounted |large |big |smart |display |media |tv |lcd |led |flat |touch |video |presentation )(?:screens?|tvs?|displays?|walls?)|interactive (?:whiteboards?|displays?|screens?)|smart ?boards?|(?:zoom|teams|webex) (?:rooms?|enabled|ready|equipped|integration)|screen sharing|video walls?|media (?:tables?|units?|integration)|built in (?:screens|displays|video))',
  ],
  [
    'modular_reconfigurable',
    '(?:modular(?:ity)?|re ?config\\w+|re ?arrang\\w+|(?:movable|moveable|mobile|flexible|adaptable|nesting|flip top|folding|stackable|transformable) (?:[a-z]+ )?(?:furniture|tables?|walls?|partitions?|layouts?|seating|systems?|set ?ups?|pieces|furnishings|desking|configurations?)|on (?:casters|castors|wheels)|(?:easy|easily|quick|quickly|can be|be able) (?:to )?(?:move(?:d)? around|be moved|moved|move|reconfigure(?:d)?|adapt(?:ed)?)|demountable|kit of parts|move (?:things|furniture|it|tables) around)',
  ],
];

/** Guards: the phrase is part of something else. Tested on the text from 25 characters before to 25 after. */
export const NEED_GUARDS: Readonly<Partial<Record<SpecialRequirement, RegExp>>> = {
  reception:
    /\b(?:drinks|wedding|warm|good|well|cell|phone|wifi|poor|evening) reception|reception (?:was|has been|to the idea)|call reception|ask (?:at|for) reception|lobby (?:for|group|level)|(?:at|past|in|via|near|through|behind) (?:the )?reception|(?:main|hotel|building) lobby/,
  storage_per_person: /training/,
  wellness_room: /wellness (?:program|company|brand|startup|stipend|app|center|centre|business)/,
  standing_desks: /(?:long|out|free|upright) standing(?! desk)/,
  outdoor_furniture: /outdoor (?:company|brand|retailer|apparel|gear|clothing|sports|advertising)/,
  lounge_seating: /(?:airport|hotel) lounge (?:company|brand|operator)|chaise/,
  breakroom: /kitchen (?:company|brand|maker|showroom)/,
  av_integration:
    /av (?:company|consultant|vendor|contractor|team|guy|supplier|integrator)|(?:driver|monitor) screen/,
  modular_reconfigurable: /(?:flexible|mobile) (?:working|phone|number|hours)/,
  lockers: /\b(?:foot)lockers/,
  collaboration_zones:
    /break ?out (?:kitchen|cafe)|in collaboration with|collaboration with (?:you|your|the dealer)|your collaboration/,
  wheelchair_access: /accessible (?:by|price|pricing|budget|team|online|via|to everyone on)/,
};

/** Kinds of space, the more telling first. */
export const SPACE_PHRASES: readonly (readonly [BriefSpaceType, string])[] = [
  [
    'mixed_office',
    '(?:(?:mix(?:ed|ture)?|combination|combo|blend|half and half|balance|split|hybrid)(?: of| between| :)? ?(?:the |some )?(?:open[a-z ]{0,25}|private[a-z ]{0,25}|enclosed[a-z ]{0,20}|closed[a-z ]{0,20}) ?(?:and|with|plus|/|,) ?(?:some |a few )?(?:private|closed|enclosed|cellular|open|desks)(?: plan| office| offices| space| areas?| seating| rooms| workstations)?|mixed (?:office|use office|workplace|layout|floor|plan|environment|office space)|(?:part|partly|half) open(?: plan)?[, ]+(?:and )?(?:part|partly|half) (?:private|enclosed|closed|cellular)[a-z ]{0,9}|(?:part|partly|half) (?:private|enclosed|closed|cellular)(?: offices?)?[, ]+(?:and )?(?:part|partly|half) open(?: plan| office)?|some open(?: plan)? (?:and|,) some (?:private|enclosed|closed)[a-z ]{0,8})',
  ],
  [
    'open_office',
    '(?:open (?:plan|office|concept|floor ?plan|layout|workspace|work ?space|space office|seating plan|work area|workplace)(?: [a-z]*(?:office|space|floor|layout|workspace))?|open office|open floors?|openplan|bullpen)',
  ],
  [
    'private_offices',
    '(?:(?:all|only|entirely|fully|mostly|mainly|exclusively|purely|just) (?:in )?(?:private|enclosed|closed|cellular) offices?|(?:private|enclosed|closed|cellular) offices? (?:only|suite|suites|layout|throughout|floor|space)|(?:everyone|everybody|each person|every lawyer|every person) (?:gets|has|needs|will have|is in|in|gets their|with) (?:a|an|their|his|her|its) ?(?:own )?(?:private |enclosed )?office)',
  ],
  [
    'coworking',
    '(?:co ?working(?: space| office| floor| hub)?|shared office space|flex(?:ible)? office space|shared workspace|business incubator)',
  ],
  ['call_center', '(?:(?:call|contact|customer service|support) (?:cent(?:er|re)s?))'],
  ['headquarters', '(?:headquarters|\\bhq\\b|head office|corporate (?:office|headquarters|campus))'],
  [
    'training_center',
    '(?:(?:training|learning|conference and training) (?:cent(?:er|re)|facility|campus|academy))',
  ],
  ['library', '(?:librar(?:y|ies))'],
  ['lab', '(?:lab(?:s|oratory|oratories)?(?: (?:space|benches))?|wet lab|dry lab|research lab|cleanroom)'],
  [
    'healthcare',
    '(?:health ?care(?: (?:facility|space|setting|environment|office|clinic|center|centre))?|(?:medical|dental|health|outpatient|urgent care|walk in|physio\\w*|eye|veterinary|gp|general practice|doctors?|doctor s|dentists?|dentist s|vets?|vet s|day|paediatric|pediatric) (?:clinic|office|practice|center|centre|suite|facility|surgery)|hospice|care home|nursing home|pharmacy|clinics?|hospitals?|doctors office|patient (?:rooms?|areas?)|exam rooms?|nurses? stations?)',
  ],
  [
    'hospitality',
    '(?:hotels?|hospitality(?: (?:space|setting|environment|venue|project))?|restaurants?|guest ?rooms?|resorts?|members club)',
  ],
  [
    'education',
    '(?:(?<!old )schools?|education(?:al)? (?:space|setting|environment|building|facility|project|institution|department)|universit(?:y|ies)|college(?: campus)?|campus|class ?rooms?|lecture halls?|kindergarten|education)',
  ],
  [
    'studio',
    '(?:(?:design|creative|architecture|art|photo(?:graphy)?|recording|film|music|yoga|production|architectural) studios?|studio(?: (?:space|environment|office|floor))?|studios)',
  ],
  [
    'reception',
    '(?:reception(?: (?:area|space|lobby|zone|hall))?|lobby(?: area)?|waiting (?:area|room)|entrance hall)',
  ],
  [
    'other',
    '(?:warehouse|show ?room|retail (?:store|space|shop)|shop|gym|museum|gallery|church|courthouse|courtroom|bank branch|fire station|police station|factory|theat(?:er|re)|community (?:center|centre)|data cent(?:er|re)|workshop space|airport|city hall|town hall|maker ?space|broadcast(?:ing)? (?:center|centre))',
  ],
];

export const STYLE_PHRASES: readonly (readonly [Style, string])[] = [
  ['modern', '(?:modern(?:ist|istic)?|contemporary|mid century(?: modern)?|futuristic)'],
  ['minimalist', '(?:minimal(?:ist|istic|ism)?|clean lined|pared (?:back|down))'],
  ['industrial', '(?:industrial(?: chic)?)'],
  ['traditional', '(?:traditional(?:ly)?|trad|classic(?:al)?|old school|heritage style)'],
  [
    'scandinavian',
    '(?:scandinavian|scandi|nordic|scandic|hygge|danish (?:modern|style|look|design)|swedish (?:style|look|design))',
  ],
  [
    'biophilic',
    '(?:biophilic?|biophilia|nature inspired|plant filled|lots of (?:plants|greenery)|(?:living|green|moss) walls?)',
  ],
  ['playful', '(?:playful|whimsical|quirky|fun|lively)'],
  ['executive', '(?:executive)'],
];

/** The word is not a style here. Tested on the text right after the word. */
export const STYLE_GUARDS: Readonly<Partial<Record<Style, RegExp>>> = {
  executive:
    /^ (?:offices?|suites?|desks?|chairs?|floors?|team|board|assistants?|director|summary|meeting|conference|committee|leadership|vice|order|level|wing|sponsor|staff|seating|rooms?|boardroom|furniture|who|has|is|will|and ceo)\b/,
  industrial:
    /^ (?:park|estate|company|firm|client|zone|area|equipment|engineers?|design (?:firm|company|agency|studio)|group|supplier|unit|building|manufacturer|designers?|sector|district|grade)\b/,
  playful: /^ (?:fact|project|times?|to work|ride|day|stuff to)\b/,
  traditional: /^ (?:example|car|chinese|lease|vendor)\b/,
  modern: /^ (?:slavery|times|languages?|health|art museum|history|day)\b/,
};
