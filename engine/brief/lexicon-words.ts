// Word tables of the spelling corrector: what may be mended into, what must be left alone.

/** Words the parser reads; misspellings of these are mended. */
export const TRADE_WORDS: readonly string[] = `
people employees employee staff persons headcount members associates workers colleagues engineers developers agents
attorneys lawyers researchers designers analysts consultants
workstation workstations desks stations benching cubicles standing height adjustable
office offices private enclosed meeting conference huddle boardroom boardrooms phone booth booths rooms
square metres meters footage budget dollars euros pounds maximum minimum ceiling million thousand hundred
deliver delivered delivery install installed installation installing deadline timeline lead weeks months flexible flexibility
january february march april august september october november december monday tuesday wednesday thursday friday saturday sunday
christmas thanksgiving
ergonomic ergonomics ergonomically chairs seating sustainability sustainable priority acoustic acoustics panels soundproofing
collaboration collaborative breakout breakroom kitchen kitchenette cafeteria canteen pantry lounge sofas couches lockers storage
pedestal pedestals personal wheelchair accessible accessibility training reception lobby wellness lactation mothers prayer
cable management monitor screen outdoor terrace patio modular reconfigurable movable furniture hoteling coworking headquarters
studio healthcare hospital clinic education school university hospitality hotel library laboratory classroom classrooms
modern minimalist minimal industrial traditional scandinavian nordic biophilic playful executive contemporary
walnut maple birch bamboo leather fabric laminate veneer plywood aluminum aluminium concrete marble velvet vinyl
charcoal beige yellow orange purple turquoise burgundy white black green
recommend recommendation suggest proposal compare scenario scenarios conservative balanced aggressive approved approve
twenty thirty forty fifty sixty seventy eighty ninety eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen
`
  .trim()
  .split(/\s+/);

/** Everyday words close to a word of the trade, or common enough to be worth a quick answer. */
export const EVERYDAY_WORDS: readonly string[] = `
accessibly acrostic analyst analysis analyses analysed analyzed associate associated attorney balancer batching branching bunching birth broth
budge choirs christian christians churches clinical clutches colleague colleges collages collaborate collaborating collaborator coherence concerted concerts
concerto conservation constants consultant consultancy convergence confidence confluence crunches couched crutches cubicle decks disks dollar developed
developer develops deceiver economic economical economically economics educator educating eighth eighteenth eleventh employed employer employers enclose
encloses engineer engineered engineering equation execution elective evaluation evacuation fifteenth fourteenth thirteenth frontage forts greed greek
hostel hostels hovering hotelier hundredth hungered instance lather literary loungers lookers lunge marsh merch melting meteors
minima minimalism mullion muting nineteenth nineties pastry parsons pensions persona personable personnel player players prayed phono
pound prone proposed proposes proposer receptive recession redemption rejection retention recreation researched researcher roofs roams seventh
seventies sixteenth seventeenth sealing searing sanding scanning scalding skating slanting situations shortage stacking staining stalling starring
stealing steaming stiff stunning sundry thirsty thirties thousandth millionth ninth twelfth timeliness trailing trapping transitional universality
vender weakness weeds whine wildness panes panelist payer shelving sweating swearing stinging spanning striding stranding stunting
stabbing storable stowage stoppage reductions receptor research researches whiter whiten yellower velvety timelier sodas stallions standout
squire sunray suggester responsive prior priory private privately constructor prototype function object string
about above account across actual actually added adding after again agree ahead allow almost along already also although always
among amount another answer anyone anything appear apply aroma arrive aside asked asking assume attached average avoid aware
badge based basic beach because become before begin being belong below bench better between black blank block board booked boots
booted boost bought brand break brief bright bring brought build building built business butter bundle button cabin cables called
caller calls cannot capital captain careful carpet carry cases catch cause center centre certain chain chair chairman chance change
changed changes charge cheap check child choice choose clean clear client close closed coach coast color colour comes coming common
company concern confirm contact content contract control corner correct costs could couple course cover create credit current
custom customer daily dance dealer dealers decide delight deep definitely department design designer desire details different
dinner direct director discount distance doing doors double doubt draft dream dress drive during early easier easily easy eight
either enough enter entire equal even event every everyone exact exactly except excited exist expect extra fabrics faced facing
fairly fault feels fence fewer field fifth fifteenth fight figure final finally finish first fixed floor floors focus follow force
forest forget formal former forth forward found fourth frame frames fresh friend front fully future garden general gently getting
given giving glass going good grand grant graph great greet group growing grown guess guest guests guide handle hands happen happy
hardly having health heard heart heavy hello helps here hired hiring holiday hotels hours house housing however huddled hurdle idea
image imagine immediately important include included including indeed inform inside instead interest inventory invoice involve
island issue items itself joint judge keeps kinds knows label labor large larger laser lasts later latest launch layer layout leads
leaders leader leading league learn lease least leave leaving ledge legal length level light liked likely limit lined listed little
lives local location locked locker logic longer looked looking looks loose loved lower lunch machine made main major making manager
manage manager managed managers manual many marble market match matter matters maybe means meant measure media medium member mentor
metal meter might mind minor minute mistake mixed model modest moment money month monthly morning mother mouth mouths moved moves
moving must myself named naming narrow nature near nearly need needed needs never news night noise normal north notes nothing number
object obvious occupy offer offers offered officer officers often older online onto open opening operate opinion option options
order orders other others ought ourselves outer outside over owner package paint pair panel paper parent parking part parts party
past path patient patients pause payment peace perfect perhaps person phase phones photo picture piece pieces place placed places
plain plan plane planes planned planning plans plant plants plate please plenty point policy poor pool popular position possible
post pounded power prefer preferred present press pretty price prices print prior privacy probably problem process product products
profile program project promise proper provide public purchase purpose pushed puts quality question quick quickly quiet quite quote
raise range rather reach reached reached react read ready real really reason rebuild receive recent reduce region regular reject
remain remember remind remove rental repeat reply report request require required respect rest return review right rolled rolls
roomy roomier roots roses rough round routine running safety sales same sample saved saving scale scene schedule scheme science
scope scratch screens seasons seats second section secure seems select sense sent separate series serious serve service session
set several shade shape share shared sharp sheet shelf shelves shift ship shipped shipping shirt shook shop short should shown
shows side sides sight sign signal simple simply since single site sites sitting sixth size sizes skill sleep slide slight slow
small smart smooth social soft solid solution some someone something somewhere soon sorry sound source south space spaces spare
speak special specific speed spend split sport spread spring square stable stage stair stairs stamp stand standard stare start
started state stated states station stationed stay stays steel step steps stick still stock stone stood stool stools stop store
stored stores stories storey storeys story straight strange street strict strong student students studies studied study stuff style
styles subject success such sudden suggested suit suite summer supplier supply support suppose sure surface survey swap switch
system table tables taken takes taking talk target task taste team teams tenant tender term terms test than thank thanks that their
them then there these they thing things think third this those though thought thousands three through throw tiles time times tired
title today together tomorrow tone tones tools total totally touch toward towards tower town track trade traded trading trailer train trained
trainers transfer travel treat trial tried trouble truck true truly trust trying turn turns type types typical under union unit
units unless until update upper upon upset upstairs urgent used user users using usual usually vacant valid value various vendor
verify version very video view visit visitor visitors voice wait waiting walk walls want wanted wants warm watch water ways week
weekend weekly welcome well went were west what whatever wheel wheels when where whether which while white whole whose wide will
window windows winter wire wish with within without woman women wonder wood wooden word words work worked worker working works
world worry worse worst worth would write writing wrong year years yellow yesterday yours young yourself zone zones
phoned phony booth preset primate pirate privates latter ladder lawyer layers levels lunges lounged plumber sales scarce stations
stature status staffed stuffed shelving shining meting metering meetings greeting heeting seating heating setting sitting settling
resting testing fitting hotels chart charts charcoals chains budged budgets bulletin bullet model modem moderns moderate moderately
medium minimum miniature industry industries tradition addition additional edition educational hospitable execute executed executes
installer installers install instill delivers deliverer deliveries approves approval approvals improve improved compared compares
comparing company companion scenes scenic balance balances balancing aggression conserve conserved reserved reservation
`
  .trim()
  .split(/\s+/);

/** Short or frequent slips that edit distance alone cannot settle. */
export const KNOWN_TYPOS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    wer: 'we',
    hav: 'have',
    adn: 'and',
    nad: 'and',
    teh: 'the',
    ned: 'need',
    nede: 'need',
    wnat: 'want',
    wnt: 'want',
    dsk: 'desk',
    dsks: 'desks',
    deks: 'desks',
    deskes: 'desks',
    desls: 'desks',
    chiars: 'chairs',
    chiar: 'chair',
    rooom: 'room',
    rooms: 'rooms',
    roms: 'rooms',
    romms: 'rooms',
    budjet: 'budget',
    buget: 'budget',
    bugdet: 'budget',
    ppl: 'people',
    poeple: 'people',
    peeple: 'people',
    peple: 'people',
    pepole: 'people',
    emploees: 'employees',
    emplyees: 'employees',
    meting: 'meeting',
    meetng: 'meeting',
    confrence: 'conference',
    conf: 'conference',
    mtg: 'meeting',
    wht: 'white',
    blk: 'black',
    gry: 'grey',
    lam: 'laminate',
    bth: 'booth',
    bths: 'booths',
    stn: 'station',
    stns: 'stations',
    recep: 'reception',
    recept: 'reception',
    chrs: 'chairs',
    adj: 'adjustable',
    lkrs: 'lockers',
    mgmt: 'management',
    furn: 'furniture',
    ergon: 'ergonomic',
    dks: 'desks',
    ofcs: 'offices',
    trng: 'training',
    bldg: 'building',
    flr: 'floor',
    flrs: 'floors',
    bdgt: 'budget',
    approx: 'approx',
    hrs: 'hours',
    mgr: 'manager',
    mgrs: 'managers',
    emps: 'employees',
    loung: 'lounge',
    loungue: 'lounge',
    lokers: 'lockers',
    lockres: 'lockers',
    brekroom: 'breakroom',
    offics: 'offices',
    ofices: 'offices',
    ofice: 'office',
    offce: 'office',
    standng: 'standing',
    plz: 'please',
    pls: 'please',
    thx: 'thanks',
    thru: 'through',
    u: 'you',
    ur: 'your',
    recieve: 'receive',
    tmrw: 'tomorrow',
    wks: 'weeks',
    wk: 'week',
    mos: 'months',
    yrs: 'years',
    grey: 'grey',
    gray: 'gray',
    delivry: 'delivery',
    dilivery: 'delivery',
    insall: 'install',
    untill: 'until',
    furnitue: 'furniture',
    furnature: 'furniture',
    boths: 'booths',
    kitchin: 'kitchen',
    dont: "don't",
    cant: "can't",
    wont: "won't",
    isnt: "isn't",
    doesnt: "doesn't",
    didnt: "didn't",
    arent: "aren't",
    couldnt: "couldn't",
    wouldnt: "wouldn't",
    shouldnt: "shouldn't",
    lets: "let's",
    thats: "that's",
    im: "i'm",
    ive: "i've",
    youre: "you're",
    weve: "we've",
    theres: "there's",
    whats: "what's",
  }),
);
