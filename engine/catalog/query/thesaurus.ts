// General furniture knowledge as data: what things are called (British, American, trade and everyday words), what is a
// kind of what, what may stand in for what, and what people say a thing is for. It knows nothing of any one catalogue.
// One entry: names (first the usual one) > wider kinds ~ near kinds with a weight : what it is for, in plain words.
// Sources: general English usage; BIFMA and CSI division 12 names of office furniture; WordNet's furnishing branch.

export interface ThesaurusEntry {
  readonly id: string;
  readonly names: readonly string[];
  readonly wider: readonly string[];
  readonly near: ReadonlyMap<string, number>;
  readonly gloss: string;
}

const ENTRIES = `
# seats
seating: seating|seat|place to sit|something to sit on|sitting > : sit down on
chair: chair > seating ~ stool .3, armchair .5 : a seat for one person with a back, to sit at a table or desk
dining_chair: dining chair|side chair|kitchen chair|cafe chair|breakfast chair|lunch chair|canteen chair|bistro chair > chair ~ stacking_chair .5, folding_chair .4 : sit at the dinner table to eat meals
office_chair: office chair|task chair|desk chair|swivel chair|computer chair|work chair|ergonomic chair|operator chair|typist chair|workstation chair|revolving chair|rolling chair|gaming chair > chair ~ conference_chair .6, executive_chair .7 : sit at a computer or workstation all day, adjustable, lumbar support, spin, wheels, typing, working from home
executive_chair: executive chair|manager chair|director chair|boss chair > office_chair ~ conference_chair .5 : high back leather seat for the boss or manager
conference_chair: conference chair|meeting chair|boardroom chair|board room chair|meeting room chair > chair ~ office_chair .5, guest_chair .5 : sit around a board room table in meetings
guest_chair: guest chair|visitor chair|visitors chair|reception chair|waiting room chair > chair ~ armchair .3, conference_chair .4, dining_chair .3 : sit across a desk, for visitors, clients and waiting
stacking_chair: stacking chair|stackable chair|stack chair|banquet chair > chair ~ folding_chair .5, dining_chair .5 : chairs to stack and store for training and events
nesting_chair: nesting chair|training chair|classroom chair > chair ~ stacking_chair .7, folding_chair .4 : chairs that nest in rows for training and classrooms
folding_chair: folding chair|foldable chair|fold up chair|collapsible chair > chair ~ stacking_chair .4 : extra seat that folds flat and is put away
armchair: armchair|arm chair|snuggler chair|easy chair|lounge chair|accent chair|occasional chair|club chair|tub chair|bergere|fauteuil|fireside chair|single sofa|one seater|1 seat sofa|reading chair > chair ~ wing_chair .9, recliner .6, rocking_chair .4, sofa .3 : comfortable comfy cosy cozy padded upholstered seat for one person, to relax, unwind, curl up with a book, read, rest, nap, snooze and lounge by the fire, fireplace, granny, grandad, grandpa
wing_chair: wing chair|wingback|wingback chair|wing back chair|high back armchair > armchair : high back seat by the fire
recliner: recliner|reclining chair|reclining armchair|lazyboy|lay back chair > armchair : lean back and put your feet up
rocking_chair: rocking chair|rocker|rocking armchair|nursing chair|glider|swaying chair > armchair : rock, sway, swing back and forth, to and fro, soothe a baby, knit, grandmother, grandfather, grandparents, porch
stool: stool|tabouret|low stool > seating ~ step_stool .4, bar_stool .6, footstool .4 : small backless seat without a back, perch, milking
bar_stool: bar stool|barstool|counter stool|breakfast bar stool|high stool|kitchen island stool|bar chair|high chair for bar|counter chair|bar height chair > stool ~ drafting_stool .4 : tall high seat, sit, perch at a kitchen counter, worktop, breakfast bar, island, pub or bar
drafting_stool: drafting stool|drafting chair|draughtsman chair|lab stool|laboratory stool > stool,office_chair : tall task seat for a raised work surface
active_stool: active stool|wobble stool|perch|perching stool|sit stand stool|leaning stool|sit stand support|standing support|saddle stool|balance stool > stool ~ office_chair .2 : lean, wobble and move while working
step_stool: step stool|stepladder|step ladder|kitchen steps|library steps|steps > ~ stool .4 : climb, stand, step up on it to reach a high shelf, top cupboards, ceiling, change a bulb
bench: bench|settle|form|pew > seating ~ storage_bench .7, lounge_bench .8 : long seat for several people side by side in a hallway, to put shoes on, or at a dining table
storage_bench: storage bench|bench with storage|shoe bench|hallway bench|blanket box|blanket chest|ottoman box|toy bench > bench ~ storage_box .4 : sit on it and keep shoes, toys or blankets inside
footstool: footstool|foot stool|ottoman|pouffe|pouf|poof|hassock|footrest|foot rest|leg rest|tuffet > ~ stool .4, beanbag .3 : rest, prop, elevate, stretch out or raise your feet and tired legs, put your feet up in front of an armchair, padded cushioned upholstered low seat
beanbag: beanbag|bean bag|bean bag chair|floor cushion|sack chair > seating ~ footstool .3 : slouch on the floor, soft informal seat
highchair: highchair|high chair|baby chair|feeding chair|baby seat|booster seat > chair ~ junior_chair .5 : feed, spoon-feed a baby, toddler, infant or little one at the family table, mealtime seat with a safety belt, child eats meals, food, porridge, weaning
junior_chair: junior chair|booster chair|youth chair > chair ~ highchair .5, childrens_chair .6 : grown-out-of-highchair child sits at the dinner table
childrens_chair: childrens chair|kids chair|child chair|toddler chair|childrens armchair|kids armchair|childrens easy chair|childrens seat|kids seat > chair ~ junior_chair .6, childrens_stool .5 : small little seat for a child, toddler or preschooler to sit
childrens_stool: childrens stool|kids stool|childrens step stool|child stool > stool ~ childrens_chair .5 : small stool for a child, reach the sink
childrens_desk_chair: childrens desk chair|kids desk chair|student chair > office_chair,childrens_chair : child, pupil sits at a homework desk
beam_seating: beam seating|tandem seating|airport seating|bench seat|waiting bench|upright bench > bench ~ lounge_bench .6 : rows of seats in a waiting area
sofa: sofa|couch|settee|loveseat|love seat|davenport|chesterfield|divan sofa|lounge suite|seater|two seater|three seater|four seater|two seat sofa|three seat sofa > seating ~ sofa_bed .55, corner_sofa .9, modular_sofa .8, chaise .45, armchair .25 : long upholstered soft seat for several people to lounge, sit, sprawl, snuggle together and watch television, a film or movie with the whole family in the living room
corner_sofa: corner sofa|corner sofa bed|corner sofabed|sectional|sectional sofa|sectional couch|l shaped sofa|l shaped couch|l shaped settee|l shape couch|u shaped sofa|u shaped couch|corner couch|corner settee|l shape sofa|corner unit sofa > sofa ~ modular_sofa .7 : large family couch that goes around a corner
modular_sofa: modular sofa|modular lounge|modular seating|modular couch|conversation set > sofa ~ corner_sofa .6, sofa_section .5 : combine lounge sections freely
sofa_section: sofa section|seat section|section|seat module|sofa module|corner section|chaise longue section|armrest section|seat section with storage|one seat section|platform > ~ modular_sofa .5, sofa .3 : a part to extend a modular sofa
sofa_bed: sofa bed|sofabed|corner sofa bed|corner sofabed|sleeper sofa|sofa sleeper|sleeping sofa|sleeping couch|couch bed|sleeper couch|fold out sofa|fold out couch|bed settee|pull out couch|pull out sofa|futon|convertible sofa|chair bed|armchair bed|fold out bed|hide a bed|click clack|put you up > ~ sofa .5, bed .4, guest_bed .8 : couch, settee that turns, converts, folds, pulls out into a bed at night so that guests, visitors, relatives or friends can stay over and sleep overnight, spare room
chaise: chaise longue|chaise lounge|chaise|fainting couch|recamier > seating ~ sofa .4, armchair .3 : stretch out, lie back and recline with your legs up, lounging
lounge_bench: lounge bench|upholstered bench|end of bed bench|banquette > bench : soft bench for lobbies and waiting
high_back_sofa: high back sofa|booth seating|privacy sofa|booth|meeting booth|highback sofa|acoustic sofa > sofa ~ meeting_pod .4 : sheltered seating for a private talk in an open office
hammock: hammock|hanging bed|swinging bed|garden swing|hanging chair|swing seat|egg chair > ~ lounger .4 : hang between two trees, swing and doze in the garden
lounger: sun lounger|sunlounger|lounger|sunbed|sun bed|deck chair|deckchair|pool lounger|poolside chair|beach chair|tanning bed|patio lounger|steamer chair|outdoor lounger > seating ~ outdoor_chair .4 : lie, lay down, stretch out and sunbathe, catch the sun rays by the pool, poolside, tan in the sun, on the deck or beach, summer holiday
outdoor_chair: outdoor chair|garden chair|patio chair|terrace chair|balcony chair|lawn chair|adirondack chair > chair ~ lounger .3 : sit outside outdoors in the garden, on the balcony, terrace or patio, barbecue, weatherproof
outdoor_sofa: outdoor sofa|garden sofa|patio sofa|outdoor couch|garden couch|outdoor lounge|patio couch|rattan sofa > sofa : lounge, relax, chill outside outdoors on the terrace, patio, balcony with family and friends on summer evenings, al fresco
outdoor_bench: outdoor bench|garden bench|park bench|patio bench > bench : sit outside in the park or garden
# tables
table: table > ~ desk .3 : flat surface on legs
dining_table: dining table|dinner table|kitchen table|supper table|dining room table|breakfast table|eating table|family table > table ~ extendable_table .8, dining_set .5, gateleg_table .5 : eat meals, breakfast, lunch, dinner, supper, food together with family and guests, sit down to eat, christmas
extendable_table: extendable table|extendable dining table|extending dining table|expandable dining table|extending table|extension table|expandable table|leaf table|pull out table > dining_table : grows larger when more guests come to dinner
gateleg_table: gateleg table|drop leaf table|folding table|fold down table|foldable table|fold away table|space saving table|wall mounted table|flap table|collapsible table > table ~ extendable_table .4 : folds, flips, drops down and away, out of the way after meals to save space in a small kitchen or flat
dining_set: dining set|eating set|dinner set|meal set|table set|table and chairs|table and stools|table with stools|dining table and chairs|dining table with chairs|dinette|dinette set|dining group|table with chairs|dining room set|kitchen set|dining suite|breakfast set|table chairs|dining furniture > ~ dining_table .5 : table together with seats for the family to eat
bar_set: bar set|bar table and stools|bar table with stools|high table with stools|bar table and bar stools|pub set|bistro bar set|high table and stools|counter set|breakfast bar set > ~ bar_table .6, bar_stool .4, dining_set .4 : tall table with high stools
outdoor_dining_set: outdoor dining set|garden dining set|patio set|garden furniture set|patio dining set|outdoor table and chairs|garden table and chairs|balcony set|garden set|outdoor dining|al fresco dining set > dining_set ~ outdoor_table .5 : eat outside in the garden, barbecue dinners
coffee_table: coffee table|cocktail table|tea table|low table|lounge table|sofa table|living room table > table ~ side_table .55, nest_of_tables .6 : low table in front of the couch for cups, mugs, drinks, tea, remote control and magazines in the living room
side_table: side table|end table|occasional table|lamp table|accent table|drinks table|tray table|sofa side table|pedestal table|c table|plant stand|plant table > table ~ coffee_table .5, nest_of_tables .6, bedside_table .5 : small table beside, next to the sofa or armchair to put down a lamp, a drink, cup, glass, flowers or a book
nest_of_tables: nest of tables|nesting tables|nested tables|stacking tables|set of tables > side_table ~ coffee_table .6 : small tables that slide under one another
bedside_table: bedside table|nightstand|night stand|bed side table|night table|bedside cabinet|bedside unit|bedside chest|bedside locker|bed table|bedside > ~ table .75, side_table .4, chest_of_drawers .2 : small table beside, next to the bed to put an alarm clock, lamp, book, spectacles, charging phone and glass of water within reach at night while asleep
console_table: console table|hall table|hallway table|entry table|entryway table|sofa back table|foyer table > table ~ sideboard .5, side_table .3 : narrow table along a wall in the entrance, hall, corridor or behind the couch, for keys, post and mail
dressing_table: dressing table|vanity|vanity table|makeup table|vanity desk|vanity unit|toilet table|toilette|beauty table|boudoir table > ~ table .75, desk .2 : sit at a mirror to put on or do makeup, cosmetics, lipstick, brush and style your hair, groom, get ready, perfume and jewellery
bar_table: bar table|high table|pub table|poseur table|bar height table|counter height table|standing table|bistro table|tall table|breakfast bar > table ~ bar_set .5, cafe_table .4 : stand or sit high with a drink
cafe_table: cafe table|canteen table|breakroom table|break room table|lunch table|cafeteria table|bistro table > table ~ dining_table .5, bar_table .4 : lunch and coffee breaks
meeting_table: meeting table|huddle table|meeting room table > table ~ conference_table .8, collaboration_table .6 : sit together and talk, small team meetings
conference_table: conference table|boardroom table|board room table|board table|conference room table > table ~ meeting_table .8 : large table for the board to meet
training_table: training table|flip top table|seminar table|classroom table|nesting table|folding training table|school table > table ~ meeting_table .4, gateleg_table .4 : tables in rows for courses and lessons
collaboration_table: collaboration table|project table|communal table|community table|team table|workshop table|library table > table ~ meeting_table .6, bar_table .3 : large shared table for workshops
outdoor_table: outdoor table|garden table|patio table|balcony table|terrace table|picnic table|outdoor dining table > table ~ outdoor_dining_set .5 : eat and drink outside
childrens_table: childrens table|kids table|play table|activity table|childrens picnic table|toddler table|kids picnic table|craft table|drawing table for children|childrens furniture set > table ~ childrens_desk .6 : children, little ones, toddlers draw, colour, paint, craft, do puzzles and play at it
picnic_set: picnic set|childrens table with benches|table with benches|table and benches|table with bench > ~ dining_set .5, childrens_table .4 : sit on benches around a table
laptop_table: laptop table|bed tray|lap desk|overbed table|sofa desk|laptop tray|over bed table > table ~ laptop_stand .5, side_table .3 : use a notebook computer on the sofa or in bed
kitchen_island: kitchen island|free standing worktop|freestanding worktop|butcher block|kitchen block|prep table|island unit|kitchen worktop on wheels > ~ kitchen_trolley .6 : extra free standing work surface in the middle of the kitchen to chop, cook, bake and prepare food
work_bench: work bench|workbench|workshop bench > ~ desk .3 : hammer, saw and repair things in a garage or workshop
# desks
desk: desk|writing desk|writing table|bureau|secretary desk|computer desk|work desk|study desk|home office desk|study table|computer table|work table|homework desk|escritoire|office desk|workspace|work station|workstation > ~ table .3, standing_desk .7, corner_desk .8, wall_desk .6 : study, write, type, draw and do homework, lessons, paperwork, bills or computer work, laptop, pc, monitor, gaming, work from home, freelancer, student
standing_desk: standing desk|stand up workstation|height adjustable desk|sit stand desk|desk sit stand|adjustable desk|electric desk|stand up desk|sit to stand desk|rising desk|motorised desk|motorized desk|height adjustable table|ergonomic desk > desk : work surface that goes up and down, raise and lower it to stand on your feet, upright while working
corner_desk: corner desk|l shaped desk|l desk|corner workstation|l shape desk|executive desk with return > desk : workstation that fits in a corner
straight_desk: straight desk|rectangular desk|fixed desk|freestanding desk > desk
bench_desk: bench desk|benching|desking|workbench desk|back to back desk|double desk|shared desk|team desk|workstation cluster|bench system|cluster desk|desk for two|desk pod > desk : rows of workplaces for a team in an open plan office
executive_desk: executive desk|private office desk|managers desk|manager desk|director desk|presidents desk > desk ~ corner_desk .6 : large desk for the boss's own room
touchdown_desk: touchdown desk|hot desk|hotdesk|drop in desk|small desk|compact desk > desk : work for an hour with a laptop, no fixed place
reception_desk: reception desk|reception counter|front desk|welcome desk|welcome counter|service counter|reception station|concierge desk > ~ desk .3 : greet and welcome visitors and guests in the lobby or entrance, receptionist
wall_desk: wall mounted desk|wall desk|fold down desk|wall mounted workspace|floating desk|murphy desk > desk : desk that hangs on the wall in a small flat
childrens_desk: childrens desk|kids desk|school desk|student desk|child desk > desk ~ childrens_table .5 : child, pupil, schoolboy, schoolgirl does homework, learns
desk_shelf: desk shelf|desk top shelf|desk hutch|hutch|add on unit|desk riser|monitor riser > ~ shelf .3, desk_organizer .4 : extra storage on top of a desk
# storage
storage: storage|storage unit|storage furniture|storage system|storage solution|storage combination > ~ cabinet .5, shelving .5 : keep, store, organise, tidy and put things away
bookcase: bookcase|book case|bookshelf|book shelf|bookshelves|book shelves|library shelves|book cabinet|book rack > shelving : keep, store and display books, novels, paperbacks, hardbacks, textbooks, comics, magazines, encyclopedias, reading matter, literature, library, reader
shelving: shelving unit|shelving|shelf unit|shelves|shelving system|rack|open shelving|etagere|display shelf|cube storage|cube unit|stand with shelves|storage rack|ladder shelf|open storage|shelf system|display unit > storage ~ bookcase .6, wall_shelf .5, shelf .45 : open shelves to put boxes, plants and books on, pantry, garage, archive
wall_shelf: wall shelf|floating shelf|wall shelves|wall mounted shelf|picture ledge|hanging shelf|wall mounted shelving unit|wall mounted shelving > shelf ~ shelving .5 : shelf hung on the wall
shelf: shelf|extra shelf|ledge|plank|board > ~ wall_shelf .8, shelving .4 : a single board to put things on
cabinet: cabinet|cupboard|storage cabinet|closed storage|press|cabinet with doors|supply cabinet|stationery cupboard|utility cabinet > storage ~ sideboard .5, glass_cabinet .55, wall_cabinet .6, chest_of_drawers .3, wardrobe .35 : closed storage with doors to hide clutter
glass_cabinet: glass door cabinet|glass cabinet|display cabinet|vitrine|china cabinet|curio cabinet|curio|showcase|glass cupboard|display case|glazed cabinet|trophy cabinet|crystal cabinet|glass fronted cabinet|collectors cabinet > cabinet ~ bookcase .3 : show off, exhibit and display ornaments, crystal, china, porcelain, figurines, souvenirs, trophies, model cars, collections and collectibles behind glass panes, dust free, see-through doors
wall_cabinet: wall cabinet|wall mounted cabinet|hanging cabinet|wall cupboard|overhead cabinet|wall hung cabinet|wall mounted storage|overhead bin > cabinet : cupboard that hangs on the wall
high_cabinet: high cabinet|tall cabinet|tall cupboard|larder|pantry cupboard > cabinet : tall cupboard
sideboard: sideboard|buffet|buffet cabinet|credenza|dining room cabinet|low cabinet|low cupboard|server|hutch cabinet|dresser base|welsh dresser > cabinet ~ console_table .4, tv_bench .3, chest_of_drawers .3 : low cupboard in the dining room for crockery, dishes, plates, bowls, cutlery, porcelain, tableware, glasses, table linen and tablecloths, serve food on top
chest_of_drawers: chest of drawers|chester draws|chester drawers|dresser|chest of draws|bureau dresser|tallboy|highboy|lowboy|commode|drawer chest|chest with drawers|drawer dresser|bedroom chest|chiffonier|chest > storage ~ drawer_unit .65, bedside_table .2, wardrobe .15 : keep and fold socks, underwear, pyjamas, t-shirts, jumpers, sweaters, linen and folded clothes in pull-out drawers in the bedroom
drawer_unit: drawer unit|drawer cabinet|set of drawers|pedestal|mobile pedestal|desk drawers|under desk drawers|drawers on wheels|drawer pedestal|desk pedestal|under desk storage|drawers on castors|box box file > storage ~ chest_of_drawers .6, filing_cabinet .6 : drawers under, beneath a desk for pens, papers, stationery, documents and personal things, lockable
filing_cabinet: filing cabinet|file cabinet|file storage|lateral file|filing drawer|drop file|document cabinet|paper storage|vertical file|hanging file cabinet|document storage|filing|suspension file|drop file storage > cabinet ~ drawer_unit .55 : keep, sort, file office papers, paperwork, documents, folders, binders, contracts, receipts, invoices and records in order, archive files, lockable
wardrobe: wardrobe|closet|armoire|almirah|clothes cupboard|garderobe|armoire wardrobe|clothes closet|clothes cabinet|clothing storage|clothes storage|fitted wardrobe|wardrobe combination|walk in closet|coat cupboard|clothes wardrobe|hanging wardrobe > storage ~ clothes_rack .55, chest_of_drawers .2, cabinet .2 : hang and keep clothes, clothing, outfits, dresses, gowns, coats, jackets, suits, shirts, trousers, skirts and garments on hangers in the bedroom
open_wardrobe: open wardrobe|open closet > wardrobe ~ clothes_rack .8 : hang clothes in the open
clothes_rack: clothes rack|clothes rail|garment rack|clothing rack|hanging rail|coat rail|clothes horse|clothes bar|rail for clothes > ~ wardrobe .5, coat_stand .6 : hang shirts, coats, garments, clothes, laundry and dresses on a rod or rail
coat_stand: coat stand|coat rack|hat stand|umbrella stand|coat tree|hat rack|hall tree|coat hooks|coat hanger stand > ~ clothes_rack .6, hook .5 : hang up jackets, coats, hats, caps, bags, scarves and umbrellas by the entrance, front door
shoe_cabinet: shoe cabinet|shoe rack|shoe storage|shoe shelf|shoe cupboard|boot rack > storage ~ storage_bench .5 : put away, keep, organise pairs of shoes, boots, sandals, heels, sneakers, footwear and trainers in the hallway
locker: locker|lockers|personal storage|day locker|staff locker|smart locker|gym locker|locker bank > storage ~ cabinet .4 : lock away bags and personal things at work or in the gym
storage_tower: storage tower|personal tower|wardrobe tower|workstation tower|side tower|personal storage tower > storage ~ cabinet .4, locker .4 : tall personal cupboard beside a desk
tv_bench: tv bench|tv stand|tv unit|television stand|tv cabinet|tv console|television unit|media console|entertainment unit|entertainment center|entertainment centre|media unit|tv table|television bench|television cabinet|tv furniture|tv storage unit|tv lowboard|hifi unit|stereo cabinet > ~ tv_storage .75, media_storage .6, sideboard .25 : put, stand or place a television, game console, stereo and set-top box on, home cinema
tv_storage: tv storage combination|entertainment unit|entertainment center|entertainment centre|tv storage|tv wall|tv wall unit|wall unit|media wall|cabinet combination for tv|tv combination|entertainment wall > ~ tv_bench .7, media_storage .6 : wall of cupboards and shelves around the television, film night
media_storage: media storage|media furniture|media cabinet|dvd storage|cd rack|media storage combination|record cabinet|vinyl storage|media credenza > ~ tv_bench .5 : keep films, dvds, music, cds, vinyl records, video games and consoles, hide cables and screens
storage_box: storage box|box|storage case|storage crate|chest box|toy box|toy chest|trunk|bin with lid|container|cushion box|deck box|storage trunk|storage bin|lidded box > ~ basket .6, toy_storage .6 : put toys, blankets and odds and ends in it
basket: basket|mesh basket|wire basket|wicker basket|hamper|laundry basket > ~ storage_box .6 : open woven container, dirty laundry, blankets
toy_storage: toy storage|toy organiser|toy organizer|toy bins|toy chest|toy rack > storage ~ storage_box .6 : tidy, put away, organise toys, lego, dolls, bricks, games in the nursery or playroom
trolley: trolley|cart|tea wagon|rolling cart|bar cart|serving cart|tea trolley|utility cart|serving trolley|wheeled cart|cart on wheels|rolling storage|drinks trolley > ~ kitchen_trolley .8 : wheel, roll, push things from room to room, serve tea, cocktails, snacks, food and drinks to guests, on wheels, castors, mobile
kitchen_trolley: kitchen trolley|kitchen cart|kitchen cart on wheels|cooking trolley|kitchen island cart > trolley ~ kitchen_island .6 : roll, wheel cooking things, groceries, food, pots and pans around the kitchen, on wheels
wine_rack: wine rack|bottle rack|wine storage|bottle holder > ~ shelving .2 : store bottles of wine
shoe_rack: shoe stand|boot tray > shoe_cabinet : wet boots
planter: planter|plant pot|flower pot|flowerpot|plant box|jardiniere|plant trough|flower box|outdoor planter > : hold plants, flowers and greenery indoors
book_end: book end|bookend > : keep books upright
hook: hook|peg|wall hook|coat hook > : hang things up
# beds
bed: bed|bed frame|bedframe|bedstead|divan|divan bed|upholstered bed|platform bed|sleigh bed|storage bed|bed with drawers|ottoman bed|double bed|single bed|twin bed|queen bed|king bed|king size bed|queen size bed|twin size bed|full bed > ~ mattress .3, day_bed .6, sofa_bed .25 : sleep, slumber, lie down, rest at night in the bedroom, couple, two people
day_bed: day bed|daybed|day bed frame|trundle bed|truckle bed|pull out bed > bed ~ sofa_bed .6, guest_bed .7 : sofa by day and place for guests to sleep overnight
guest_bed: guest bed|spare bed|folding bed|stackable bed|camp bed|extra bed|visitor bed|rollaway bed|extendable bed|foldaway bed|murphy bed > bed ~ sofa_bed .7 : friends or visitors stay and sleep overnight
bunk_bed: bunk bed|bunk bed frame|bunkbed|bunk|bunks|double decker bed|double decker|two tier bed|two storey bed|stacked beds > bed ~ loft_bed .6 : two children, siblings, brothers, sisters or twins share a room and sleep one above, over, on top of another, upper and lower, stacked
loft_bed: loft bed|loft bed frame|high sleeper|mid sleeper|cabin bed|raised bed|elevated bed|high bed|loft bed combo|mezzanine bed > bed ~ bunk_bed .6 : child or teenager sleeps up high, climbs a ladder, with a desk, play space or storage underneath, below
childrens_bed: childrens bed|kids bed|toddler bed|child bed|junior bed|ext bed frame|extendable childrens bed|bed for child > bed ~ bunk_bed .5, loft_bed .5 : a child sleeps in it
cot: cot|crib|baby bed|cradle|bassinet|moses basket|infant bed|baby cot|cot bed|babybed|nursery bed > ~ bed .2, childrens_bed .3 : a baby, newborn or infant sleeps, naps safely at night in the nursery, bars, put the little one to bed
mattress: mattress|foam mattress|spring mattress|pocket sprung mattress|memory foam mattress|box spring|futon mattress|mattress topper > ~ bed .3 : soft, firm, springy, comfortable base to lie on for a good night's sleep on a bed, back pain, slumber
headboard: headboard|head board|bed head|bedhead > ~ bed .3 : board at the head end of a bed to lean on
slatted_base: slatted bed base|slatted base|bed slats|bed base|slats > ~ bed .3 : carries a mattress
underbed_storage: underbed|underbed storage|under bed storage|bed drawer|under bed drawer|bed storage box|bed storage > ~ storage_box .4, bed .2 : keep bedlinen and things under the bed
bed_tent: bed tent|bed canopy|canopy|play tent|childrens tent|teepee|tipi|tent|den|wigwam > ~ play_furniture .6 : children hide and play in it
play_furniture: play tunnel|play furniture|play house|playhouse > ~ bed_tent .6 : children crawl, hide and play
# nursery
changing_table: changing table|baby changing table|diaper table|nappy table|changing unit|nappy changing station|diaper changing station|baby changer|changing station|changing tbl > ~ chest_of_drawers .1 : change a baby's nappy, nappies, diapers or diaper, dry and dress an infant
nursing_pillow: nursing pillow|breastfeeding pillow|feeding pillow > cushion : feed a baby
baby_mat: babycare mat|changing mat|baby mat|changing pad > : lay a baby down for changing
safety_rail: guard rail|bed guard|bed rail|safety rail > : stop a child from falling out of bed
# screens
room_divider: room divider|room partition|partition|folding screen|screen|freestanding screen|privacy screen|space divider|divider|dividing screen|partition wall|shoji|portable wall|movable wall > ~ desk_screen .5, acoustic_panel .4 : split up, separate, partition, screen off or divide a room, areas, zones or studio flat, hide from view, privacy
desk_screen: desk screen|desk divider|privacy panel|screen for desk|desk panel|modesty screen|desktop screen|desk mounted screen|acoustic desk screen > ~ room_divider .5, acoustic_panel .4 : privacy between desks
acoustic_panel: acoustic panel|sound panel|sound absorber|acoustic wall panel|noise panel|sound absorbing panel|acoustic tile|soundproofing|sound dampening|felt panel > ~ ceiling_baffle .7, room_divider .3 : reduce noise, echo and reverberation, quiet a loud room
ceiling_baffle: ceiling baffle|acoustic baffle|acoustic cloud|ceiling panel|hanging baffle > acoustic_panel : absorbs sound from the ceiling
phone_booth: phone booth|telephone booth|phone pod|call booth|focus booth|phone box|soundproof booth|privacy booth|call pod|focus pod|one person pod|zoom room > ~ meeting_pod .7 : make private phone and video calls in an open office, quiet focus
meeting_pod: meeting pod|pod|office pod|acoustic pod|huddle pod|meeting box|room in room|work pod|two person pod|four person pod|team pod > ~ phone_booth .7 : small sound-proof room for meetings in an open office
# accessories
lamp: lamp|light|lighting|luminaire|light fitting > : light up, shine, read in the dark
desk_lamp: desk lamp|task light|reading lamp|table lamp|work lamp|task lamp|desk light > lamp ~ floor_lamp .5 : light on a work surface
floor_lamp: floor lamp|standard lamp|standing lamp|uplighter|floor light > lamp ~ desk_lamp .5 : tall lamp that stands on the floor
monitor_arm: monitor arm|screen arm|monitor mount|screen mount|monitor stand|display arm|monitor bracket|dual monitor arm|vesa arm > ~ laptop_stand .4 : hold and lift a computer screen to eye level
laptop_stand: laptop stand|laptop support|laptop riser|notebook stand|laptop holder|tablet stand|tablet holder|phone holder|holder for mobile phone > ~ laptop_table .4, monitor_arm .3 : raise, hold, prop up a notebook computer, ipad, tablet or phone
power_module: power module|power outlet|power strip|power box|desk power|usb charger|socket|desktop power|charging station|grommet power|power unit|power and data|charger|outlet|usb hub > : plug in and charge phones and laptops, electricity at the desk
cable_tray: cable tray|cable management|cable basket|wire management|cord management|cable organiser|cable organizer|wire tray|cable channel|cable tidy > : hide and tidy cords, wires and cables under a desk
keyboard_tray: keyboard tray|keyboard platform|keyboard drawer|keyboard shelf|keyboard arm > : slide a keyboard and mouse under the desk
foot_rest: office footrest|under desk footrest|foot support > ~ footstool .5 : rest feet under a desk
floor_mat: floor protector|chair mat|anti fatigue mat|floor mat|standing mat|carpet protector > : protect the floor from castors, comfort when standing
desk_organizer: desk organizer|desk organiser|pen holder|desk tidy|pen tray|drawer insert|drawer organizer|stationery holder|magazine file|letter tray|paper tray|pegboard > : tidy pens and stationery
waste_bin: waste bin|wastebasket|waste basket|trash can|garbage can|rubbish bin|bin|dustbin|wastepaper basket|waste paper bin|litter bin|garbage bin|trash bin > ~ recycling_station .6 : throw away rubbish, garbage, trash and litter
recycling_station: recycling station|recycling bin|waste station|recycling center|recycling centre|waste sorting|sorting bin > waste_bin : separate paper, cans and plastic waste
whiteboard: whiteboard|white board|marker board|dry erase board|writing board|glass board|glassboard|wall board|drywipe board|magnetic board > ~ mobile_whiteboard .8 : write and draw ideas in meetings, brainstorm
mobile_whiteboard: mobile whiteboard|rolling whiteboard|whiteboard on wheels|easel|flip chart|flipchart|mobile marker board > whiteboard : write and draw ideas, roll from room to room
pinboard: pinboard|notice board|noticeboard|bulletin board|cork board|memo board > ~ whiteboard .4 : pin up notes
display_stand: display stand|screen stand|monitor cart|tv cart|av cart|video cart|screen trolley|tv trolley|mobile tv stand > ~ tv_bench .3 : large screen on wheels for video meetings
tv_bracket: tv bracket|bracket for tv|wall bracket for tv|tv wall mount|tv mount|television bracket|tv wall bracket|tv holder > : fix or mount a flat screen television on the wall
lectern: lectern|podium|pulpit|speaker stand|speakers desk|rostrum > : speak, present and lecture in front of an audience
clock: clock|wall clock > : tell the time
mirror: mirror|looking glass|mirror door > : see yourself
parasol: parasol|umbrella|sunshade|sun shade|patio umbrella|garden umbrella|sun umbrella|beach umbrella > : shade, shelter from the sun or glare on the terrace, garden table
rug: rug|carpet|mat|bath mat > : soft floor covering
drying_rack: drying rack|airer|laundry rack|clothes airer|clothes dryer > : hang up and dry wet washing and laundry
chopping_board: chopping board|cutting board > : cut vegetables
tray: tray|tray stand|serving tray|highchair tray|armrest tray > : carry or put down food and drinks
ladder: ladder > ~ step_stool .5 : climb up
# parts and covers
cover: cover|slipcover|slip cover|protective cover|furniture cover|loose cover|sofa cover|couch cover|chair cover|armchair cover|settee cover|stool cover|throw|furniture protector|dust cover|washable cover|replacement cover > part : protect and cover furniture from stains, spills, dirt, dust, rain and cat hair, renew an old couch, washable fabric
cushion: cushion|chair pad|seat pad|chair cushion|seat cushion|back cushion|pillow|pad|lumbar cushion|lumbar support cushion|bolster|cushion pad|sun lounger pad|seat cover|padded seat cover|supporting cushion|inner cushion|triple cushion > part : make a hard seat softer and more comfortable
armrest: armrest|arm rest|pair of armrests|arms > part : rest your arms
headrest: headrest|head rest|neck rest|neck pillow > part : rest your head
backrest: backrest|back rest > part : lean your back
table_top: table top|tabletop|desk top|desktop|worktop|work top|countertop|glass top|table board|work surface|table leaf > part ~ table .3, desk .25 : surface to be put on legs
table_legs: table leg|table legs|trestle|underframe|table frame|table base|frame for table top|desk frame|desk legs|sawhorse|underframe for table top|underframe sit stand > part ~ leg .7 : carries a table top
leg: leg|legs|furniture legs|sofa legs|feet|foot|supporting leg|bed legs|legs for sofa > part ~ table_legs .6, castor .3 : legs to put under furniture
castor: castor|caster|wheel|wheels|casters|castors > part : roll furniture
handle: handle|knob|pull|drawer pull|door handle|cabinet handle|drop handle|cup handle|drawer knob|furniture handle|door knob|grip > part : open a drawer or door
door: door|cabinet door|cupboard door|wardrobe door|glass door|sliding door|door front|pair of sliding doors > part ~ drawer_front .5 : close the front of a cabinet
drawer_front: drawer front|front|door drawer front > part ~ door .5 : front of a drawer
drawer: drawer|drawer insert|drawer frame|pull out tray|extra drawer > part ~ chest_of_drawers .4, drawer_unit .4 : slide-out box
hinge: hinge|drawer runner|runner|soft closing hinge|push open hinge|fitting|connection fitting|connector|drawer slide > part : hardware to mount
bracket: bracket|shelf bracket|shelf support|wall bracket|wall upright|mounting rail|suspension rail|shelf holder|console bracket > part ~ shelf .3 : hold a shelf on the wall
panel: panel|top panel|side panel|back panel|plinth|cover panel > part : side or top board
frame: frame|side unit|chair frame|wardrobe frame|cabinet frame|cabinet carcass|carcass > part : carcass to build on
insert: insert|shelf insert|insert with door|insert with drawers|divider insert|box insert > part : fits in a shelf compartment
lock: lock|smart lock|keyless lock|combination lock > part : lock a door or drawer
seat_shell: seat shell|chair seat|seat part|shell > part ~ chair .3 : the seat of a chair without its frame
extension_unit: height extension unit|extension unit|add on unit|top unit|height extension|add on > part : makes a bookcase or shelf unit taller
part: part|spare part|component|accessory|accessories|fittings|hardware > : a part to complete or replace
# rooms and people: a setting, not a thing
outdoor: outdoor|outdoors|garden|patio|terrace|balcony|veranda|yard|backyard|porch|deck|weatherproof|outside|al fresco|lawn|roof terrace|courtyard|exterior > setting : outside in the open air
childrens: childrens|children|child|kids|kid|toddler|junior|son|daughter|boy|girl|youngster|little ones|preschool|playroom|teenager > setting ~ nursery .5 : for small people
nursery: nursery|baby|infant|newborn|babies|babycare > setting ~ childrens .4 : for babies
bedroom: bedroom > setting : where one sleeps
living_room: living room|lounge room|sitting room|family room|front room|parlour > setting : where one relaxes
dining_room: dining room|dining area|dining > setting : where one eats
kitchen: kitchen|kitchenette|pantry > setting : where one cooks
hallway: hallway|hall|entrance|entryway|foyer|corridor|mudroom > setting : where one enters
office: office|workplace|home office|study|study room > setting : where one works
`;

function parseEntry(line: string): ThesaurusEntry {
  const colon = line.indexOf(':');
  const id = line.slice(0, colon).trim();
  const [before = '', gloss = ''] = line.slice(colon + 1).split(/ : |:$/);
  const [names = '', relations = ''] = before.split('>');
  const [wider = '', near = ''] = relations.split('~');
  const list = (text: string, by: string): string[] =>
    text
      .split(by)
      .map((word) => word.trim())
      .filter((word) => word !== '');
  return {
    id,
    names: list(names, '|'),
    wider: list(wider, ','),
    near: new Map(
      list(near, ',').map((pair) => {
        const [other = '', weight = ''] = pair.split(' ');
        return [other, Number(weight)];
      }),
    ),
    gloss: gloss.trim(),
  };
}

/** @throws if an entry names a kind that does not exist, so that a slip in the data is seen at once. */
function parseThesaurus(text: string): ReadonlyMap<string, ThesaurusEntry> {
  const entries = new Map<string, ThesaurusEntry>();
  for (const line of text.split('\n')) {
    if (line.trim() === '' || line.startsWith('#')) continue;
    const entry = parseEntry(line);
    if (entries.has(entry.id)) throw new Error(`thesaurus: "${entry.id}" stands twice`);
    entries.set(entry.id, entry);
  }
  for (const entry of entries.values()) {
    for (const other of [...entry.wider, ...entry.near.keys()]) {
      if (!entries.has(other) && other !== 'setting')
        throw new Error(`thesaurus: "${entry.id}" names unknown "${other}"`);
    }
  }
  return entries;
}

export const THESAURUS = parseThesaurus(ENTRIES);
