// The kinds of furniture the fictional catalogue is made of: sizes, prices, weights, carbon and words of each, as data.
// Prices are middle-of-the-range list prices in USD; carbon ranges are kg CO2e cradle to grave for one unit. Task chair,
// pedestal, cupboard, fixed and sit-stand desk follow published category averages; the others are scaled by weight.
import type { ProductCategory, ProductSubcategory } from '../../../contract/catalog.ts';

/** What is coloured: decides the palette and the wording of its variants. */
export type Palette = 'fabric' | 'wood' | 'metal' | 'plastic' | 'felt';

export interface Size {
  /** width, depth, height in inches */
  readonly inches: readonly [number, number, number];
  /** people it serves, or compartments for lockers and pedestals; 0 where neither applies */
  readonly count: number;
  /** relative to the kind's middle price, weight and carbon */
  readonly factor: number;
}

export interface Kind {
  readonly category: ProductCategory;
  readonly subcategory: ProductSubcategory;
  readonly nouns: readonly string[];
  readonly usd: number;
  readonly sizes: readonly Size[];
  readonly lbs: number;
  readonly holds_lbs: number;
  readonly kg: readonly [number, number];
  readonly palette: Palette;
  readonly materials: readonly string[];
  readonly features: readonly string[];
  readonly text: string;
  readonly tags: readonly string[];
  /** how often it comes in each round of the catalogue */
  readonly share: number;
  /** usual working days until delivery */
  readonly lead_days: number;
  readonly accessories: readonly ProductSubcategory[];
  readonly goes_with: readonly ProductSubcategory[];
}

// category subcategory | nouns | usd | sizes WxDxH[@count][*factor] | lbs holds | kg | palette | materials | features | tags | share lead | accessories > goes with | text
const ROWS = `
seating task_chair | task chair; mesh task chair; ergonomic task chair; swivel task chair | 890 | 26x25x40; 27x26x43*1.12; 25x24x38*0.9 | 40 300 | 72-90 | fabric | mesh, recycled plastic, aluminum, foam | adjustable height, lumbar support, adjustable armrests, synchro tilt, castors | ergonomic, workstation, swivel | 11 18 | footrest > height_adjustable_desk, bench_desk | A work chair that follows every move, with support for the lower back and controls that are easy to reach.
seating executive_chair | executive chair; high-back executive chair | 1640 | 28x28x47; 29x28x49*1.15 | 55 350 | 85-120 | fabric | leather, foam, polished aluminum | high back, headrest, lumbar support, tilt lock, armrests, castors | executive, private office | 3 28 | footrest > private_office_desk | A generous high-back chair for a private office, upholstered all round.
seating guest_chair | guest chair; visitor chair; side chair with arms | 520 | 24x24x33; 23x22x32*0.88; 26x25x33*1.15 | 24 300 | 28-48 | fabric | upholstery, beech, steel, foam | armrests, upholstered seat | visitor, waiting, private office | 7 21 | > private_office_desk, reception_desk | A comfortable chair for the visitor's side of the desk or a short wait.
seating stacking_chair | stacking chair; stackable multipurpose chair | 260 | 22x22x32; 21x21x31*0.9 | 13 275 | 14-26 | plastic | polypropylene, steel | stackable, without armrests, wipe-clean | training, events, multipurpose | 4 14 | > training_table, cafe_table | Light enough to carry two at a time and stacks ten high when the event is over.
seating nesting_chair | nesting chair; flip-seat training chair | 430 | 25x24x33; 24x23x32*0.92 | 22 275 | 26-40 | plastic | polypropylene, steel, mesh | flip-up seat, nests for storage, castors | training, classroom | 3 18 | > training_table | The seat flips up and the chairs roll together into a row that takes little room.
seating cafe_chair | café chair; wood café chair; shell chair | 290 | 20x21x31; 21x21x32*1.1 | 13 275 | 13-28 | wood | plywood, oak, steel | stackable, without armrests | breakroom, dining, café | 5 16 | > cafe_table | A sturdy chair for lunch and coffee breaks that is quick to wipe down.
seating bar_stool | bar stool; counter stool; café-height stool | 360 | 18x19x42; 18x18x36*0.92 | 16 275 | 15-30 | wood | oak, steel, plywood | footrest ring, low back | breakroom, bar height, café | 4 18 | > bar_table | A tall seat for the high table or the kitchen island, with a ring to rest the feet on.
seating drafting_stool | drafting stool; lab stool; high task stool | 720 | 26x26x50 | 38 275 | 60-85 | fabric | mesh, polyurethane, aluminum | footrest ring, adjustable height, castors | laboratory, drafting, standing | 2 24 | > height_adjustable_desk | Task seating raised to a standing-height surface, with a ring for the feet.
seating active_stool | active stool; perching stool; wobble stool | 340 | 15x15x26; 14x14x24*0.9 | 14 265 | 18-32 | fabric | recycled plastic, wool, foam | adjustable height, rocking base, without backrest | movement, wellness, touchdown | 3 14 | > height_adjustable_desk, touchdown_desk | Perch, lean and sway: a seat that keeps the body moving through short tasks.
seating bench_seat | beam bench; upright bench | 980 | 60x22x31@3; 80x22x31@4*1.28 | 70 900 | 55-95 | fabric | steel, upholstery, plywood | linked seats | waiting, lobby | 2 28 | side_table > reception_desk | Linked seats on one beam for a lobby or a corridor.
desks height_adjustable_desk | height-adjustable desk; sit-stand desk; electric standing desk | 1690 | 60x30x46; 48x30x46*0.92; 72x30x46*1.1; 55x28x46*0.96 | 125 250 | 110-160 | wood | laminate, steel | electric height adjustment, memory presets, cable grommet, anti-collision | sit-stand, workstation, ergonomic | 9 24 | monitor_arm, power_module, cable_tray, pedestal, desk_screen > task_chair | Rises and sinks at the touch of a button, from sitting to standing height, and remembers four positions.
desks bench_desk | benching desk; team bench; open-plan bench | 2900 | 60x60x29@2; 120x60x29@4*1.85; 180x60x29@6*2.7; 48x60x29@2*0.9 | 230 800 | 90-110 | wood | laminate, steel | shared frame, cable tray, desk screens | benching, open plan, workstation | 7 30 | monitor_arm, power_module, desk_screen, pedestal > task_chair | Facing workplaces on one shared frame, with the cables led through the middle.
desks straight_desk | straight desk; fixed desk; freestanding desk | 880 | 60x30x29; 48x24x29*0.84; 66x30x29*1.06 | 95 250 | 90-110 | wood | laminate, steel | cable grommet, levelling feet | workstation, simple | 4 16 | monitor_arm, power_module, pedestal > task_chair | A plain, solid desk on a steel frame that suits almost any room.
desks private_office_desk | private-office desk; executive desk; desk with modesty panel | 3300 | 72x36x29; 66x30x29*0.86; 72x78x29*1.4 | 210 350 | 95-140 | wood | veneer, walnut, laminate | modesty panel, storage return, cable grommet | executive, private office | 4 35 | desk_lamp, power_module, credenza > executive_chair, guest_chair | A desk with presence for a room of one's own, with a panel to the front and room for guests.
desks corner_desk | corner desk; L-shaped workstation | 1980 | 72x72x29; 60x60x29*0.9 | 170 300 | 105-150 | wood | laminate, steel | return, cable grommet | workstation, L-shape | 2 28 | monitor_arm, pedestal > task_chair | Two surfaces at a right angle give space for screens on one side and papers on the other.
desks touchdown_desk | touchdown desk; hot desk; laptop desk | 620 | 36x24x29; 42x24x29*1.1; 30x24x42*1.05 | 50 150 | 45-75 | wood | laminate, steel | power-ready | hot desking, touchdown | 3 14 | power_module > active_stool, task_chair | A small place to open a laptop between two meetings.
desks reception_desk | reception desk; welcome counter | 5400 | 84x36x42; 96x40x42*1.2; 72x34x42*0.88 | 330 500 | 160-260 | wood | veneer, solid surface, laminate | transaction counter, accessible counter section, cable management | reception, lobby | 2 42 | desk_lamp, power_module > task_chair, guest_chair | The first thing visitors see: a counter at standing height with a lower place for wheelchair users.
tables meeting_table | meeting table; huddle table; round meeting table | 1250 | 42x42x29@4; 72x36x29@6*1.35; 96x48x29@8*1.85; 36x36x29@2*0.82 | 110 400 | 60-105 | wood | laminate, veneer, steel | cable grommet, levelling feet | meeting, collaboration | 8 24 | power_module, whiteboard > conference_chair, guest_chair | Brings a small team around one surface, with power within reach.
tables training_table | training table; flip-top training table | 870 | 60x24x29@2; 72x24x29@3*1.12; 60x30x29@2*1.06 | 70 250 | 48-80 | wood | laminate, steel | flip top, nests for storage, castors | training, classroom | 3 21 | power_module > nesting_chair, stacking_chair | Flip the top and roll it away: rows for a course in the morning, open floor in the afternoon.
tables cafe_table | café table; breakroom table | 640 | 36x36x29@4; 30x30x29@2*0.86; 60x30x29@4*1.25 | 60 250 | 38-65 | wood | laminate, cast iron, steel | wipe-clean top, levelling feet | breakroom, dining, café | 4 18 | > cafe_chair | A table at dining height for lunch, coffee and the talk that goes with it.
tables bar_table | bar-height table; standing meeting table | 820 | 30x30x42@3; 72x30x42@6*1.7; 36x36x42@4*1.1 | 75 250 | 45-80 | wood | laminate, oak, steel | footrest bar, bar height | standing, café, collaboration | 3 21 | power_module > bar_stool | A high table for quick meetings on one's feet or coffee on a stool.
tables collaboration_table | project table; communal table; library table | 2400 | 96x42x29@8; 120x48x29@10*1.3; 96x42x36@8*1.08 | 190 600 | 90-150 | wood | oak, veneer, steel | integrated power, cable trough | collaboration, project room, communal | 3 30 | power_module > cafe_chair, bar_stool | A long shared table where a project can spread out for a week.
tables side_table | side table; laptop table; occasional table | 310 | 18x18x20; 20x14x26*1.1; 24x24x18*1.15 | 20 100 | 12-28 | wood | ash, steel, laminate | portable | lounge, touchdown | 3 16 | > lounge_chair, sofa | A small table that is always where the cup or the laptop needs it.
storage pedestal | mobile pedestal; drawer pedestal; box-file pedestal | 420 | 15x20x24@3; 15x22x27@3*1.15; 15x19x22@2*0.9 | 62 150 | 28-44 | metal | steel, laminate | lock, castors, cushion top option | personal storage, under desk | 6 14 | > height_adjustable_desk, bench_desk | Drawers for one person's things that roll under the desk and lock.
storage lateral_file | lateral file; filing cabinet | 940 | 36x18x28@2; 36x18x40@3*1.3; 42x18x52@4*1.6 | 150 400 | 48-80 | metal | steel | lock, anti-tip, hanging file rails | filing, archive | 3 18 | > private_office_desk | Keeps hanging files and papers in order behind a lock.
storage locker | locker bank; day lockers; personal lockers | 1480 | 36x18x60@6; 36x18x72@9*1.3; 48x18x60@8*1.25; 24x18x60@4*0.75 | 190 300 | 70-120 | metal | steel, laminate | keyless lock, ventilation, number plates | personal storage, hot desking, lockers | 4 28 | > bench_desk, touchdown_desk | A compartment for everyone's bag and coat where desks are shared.
storage credenza | credenza; low storage credenza | 1820 | 72x20x29; 60x20x24*0.86; 48x20x29*0.78 | 160 300 | 60-95 | wood | veneer, laminate, walnut | doors and drawers, cable access, lock | private office, storage | 3 30 | > private_office_desk | A low cupboard behind the desk, for files below and things to look at above.
storage bookcase | bookcase; open bookcase | 680 | 36x14x72@5; 36x14x48@3*0.76; 30x14x84@6*1.15 | 95 300 | 35-60 | wood | laminate, oak, veneer | adjustable shelves, anti-tip | library, open storage | 4 18 | > private_office_desk, lounge_chair | Open shelves for books, samples and plants.
storage storage_cabinet | storage cabinet; cupboard with doors; supply cabinet | 890 | 36x18x65; 36x18x42*0.78; 36x18x78*1.15 | 130 350 | 31-50 | metal | steel, laminate | lock, adjustable shelves, doors | closed storage, supplies | 4 18 | > bench_desk | Closed storage with a lock that keeps supplies out of sight.
storage storage_tower | storage tower; personal wardrobe tower | 1280 | 24x24x50; 18x24x66*1.08 | 135 250 | 48-78 | wood | laminate, steel | wardrobe section, box and file drawers, lock | personal storage, workstation | 2 28 | > bench_desk, height_adjustable_desk | A coat, a bag and a few files of one person, in one tall unit beside the desk.
storage shelving | steel shelving; storage shelving unit | 360 | 36x18x72@5; 48x18x72@5*1.2; 36x12x84@6*1.08 | 70 1000 | 30-52 | metal | steel | adjustable shelves, heavy duty | archive, supply room, mailroom | 2 10 | > | Strong open shelves for the archive and the supply room.
storage wardrobe | coat wardrobe; shared wardrobe | 1340 | 36x22x76; 48x22x76*1.25 | 165 200 | 55-92 | wood | laminate, steel | hanging rail, hat shelf, lock | coats, cloakroom | 2 26 | > reception_desk | Hangs the coats of a whole team behind closed doors.
accessories monitor_arm | monitor arm; dual monitor arm; gas-spring monitor arm | 280 | 5x21x18; 8x24x18*1.7 | 10 20 | 9-18 | metal | aluminum, steel | gas spring, cable clips, desk clamp | ergonomic, screen | 4 8 | > height_adjustable_desk, bench_desk | Lifts the screen to eye level and frees the surface under it.
accessories desk_lamp | LED task light; desk lamp | 190 | 8x22x18; 7x18x16*0.85 | 6 10 | 6-13 | metal | aluminum, steel | dimmable, LED, USB port | lighting, task | 3 8 | > private_office_desk, straight_desk | Puts light where the eyes need it, dimmable and without glare.
accessories floor_lamp | floor lamp; arc floor lamp | 390 | 16x16x62; 14x40x70*1.3 | 18 10 | 14-28 | metal | steel, linen | LED, dimmable | lighting, lounge | 2 14 | > sofa, lounge_chair | Warm light beside a sofa or a reading chair.
accessories power_module | power module; desktop power and USB unit; clamp-on power unit | 165 | 9x3x2; 14x4x3*1.4 | 3 10 | 3-7 | plastic | polycarbonate, aluminum | two outlets, USB-C charging, clamp or grommet | power, charging | 4 8 | > meeting_table, bench_desk | Outlets and fast charging at the edge of the table.
accessories cable_tray | cable tray; wire-management basket | 68 | 36x5x4; 48x5x4*1.2 | 5 20 | 4-8 | metal | steel | tool-free mounting | cable management | 2 8 | > height_adjustable_desk | Keeps cords and adapters off the floor and out of sight.
accessories keyboard_tray | keyboard tray; articulating keyboard platform | 310 | 27x11x4 | 12 20 | 9-16 | plastic | phenolic, steel | height and tilt adjustable, mouse platform | ergonomic | 2 12 | > straight_desk | Brings keyboard and mouse down to the height of the elbows.
accessories laptop_stand | laptop stand; laptop riser | 95 | 11x10x7 | 4 15 | 4-8 | metal | aluminum | foldable | ergonomic, touchdown | 2 6 | > touchdown_desk | Raises the notebook so that the neck stays straight.
accessories footrest | footrest; tilting footrest | 89 | 18x14x5 | 5 60 | 4-9 | plastic | recycled plastic | tilt adjustable | ergonomic | 2 6 | > task_chair | Supports the feet where the desk is a little too high.
accessories anti_fatigue_mat | anti-fatigue mat; standing mat | 120 | 30x20x1; 36x24x1*1.3 | 7 400 | 6-12 | plastic | polyurethane | bevelled edge | standing, wellness | 2 6 | > height_adjustable_desk | Cushions the feet through an afternoon on one's legs.
accessories desk_organizer | desk organizer; desktop tidy | 58 | 12x9x5 | 3 10 | 2-6 | felt | recycled felt, bamboo | stackable | organization | 2 6 | > straight_desk | Pens, notes and cables each in their place.
accessories waste_bin | waste bin; wastebasket | 74 | 12x12x15; 10x10x13*0.85 | 5 20 | 4-9 | metal | steel, recycled plastic | removable liner ring | waste | 2 6 | > straight_desk | A simple bin for the desk or the meeting room.
accessories recycling_station | recycling station; waste sorting station | 1150 | 48x18x36@3; 32x18x36@2*0.75 | 120 150 | 45-80 | wood | laminate, steel | labelled openings, inner bins | waste, recycling, breakroom | 2 24 | > cafe_table | Separate openings for paper, cans and the rest, in a cabinet that fits the room.
accessories coat_stand | coat stand; coat tree | 240 | 18x18x70; 60x16x70*1.7 | 18 60 | 9-20 | wood | beech, steel | eight hooks, umbrella ring | coats, reception | 2 12 | > reception_desk, guest_chair | A place for coats, hats and umbrellas by the door.
accessories planter | planter; planter box; divider planter | 340 | 36x14x30; 16x16x24*0.6; 48x14x42*1.5 | 45 150 | 15-40 | metal | powder-coated steel, recycled plastic | waterproof liner, castors | biophilic, greenery, divider | 3 18 | > sofa, bench_desk | Brings greenery indoors and gently divides an open floor.
accessories wall_clock | wall clock | 98 | 14x2x14 | 4 5 | 3-7 | metal | aluminum, glass | silent movement | meeting, reception | 2 8 | > meeting_table | Easy to read from the far end of the table, and silent.
lounge sofa | sofa; two-seat sofa; three-seat sofa | 2650 | 84x34x31@3; 60x34x31@2*0.76; 96x36x30@3*1.18 | 140 750 | 110-190 | fabric | upholstery, foam, ash, plywood | removable covers, solid wood legs | lounge, reception | 4 35 | side_table, floor_lamp > coffee_table, lounge_chair | Deep enough to relax and upright enough to talk business.
lounge lounge_chair | lounge chair; swivel lounge chair; armchair | 1480 | 31x31x31@1; 33x33x40@1*1.25; 28x29x29@1*0.86 | 58 300 | 55-95 | fabric | upholstery, foam, oak, steel | armrests, swivel base | lounge, reception, reading | 4 32 | side_table > coffee_table, sofa | A soft single seat for a quiet quarter of an hour.
lounge modular_lounge | modular lounge set; modular sofa section | 3900 | 120x90x30@5; 90x60x30@4*0.72; 30x30x30@1*0.28 | 260 1200 | 180-320 | fabric | upholstery, foam, plywood | reconfigurable, integrated power | lounge, collaboration, modular | 3 38 | side_table > coffee_table | Sections that join into islands, corners and long rows, and part again when the plan changes.
lounge ottoman | ottoman; pouf | 480 | 22x22x17@1; 36x24x17@2*1.4 | 22 300 | 18-35 | fabric | upholstery, foam | portable, without backrest | lounge, collaboration | 3 24 | > lounge_chair, modular_lounge | A light extra seat to pull up to the talk, or to rest the feet on.
lounge lounge_bench | lounge bench; upholstered bench | 1120 | 60x20x18@3; 48x20x18@2*0.84 | 60 700 | 40-72 | fabric | upholstery, oak, foam | without backrest | lobby, waiting, corridor | 2 28 | > coffee_table | A padded bench for the lobby or the end of a corridor.
lounge coffee_table | coffee table; low lounge table | 640 | 48x24x16; 36x36x16*0.95; 30x30x15*0.8 | 45 150 | 26-55 | wood | oak, walnut, steel | rounded edges | lounge, reception | 4 21 | > sofa, lounge_chair | A low table for cups, catalogues and crossed ideas.
acoustic phone_booth | phone booth; single-person focus booth | 8900 | 40x38x90@1; 43x40x91@1*1.15 | 780 0 | 380-620 | felt | recycled PET felt, laminated glass, steel, plywood | ventilation, LED light, power outlet, sound insulation | privacy, calls, focus | 4 45 | active_stool > bar_stool | One person, one call, and nobody else listening: a ventilated booth with light and power.
acoustic meeting_pod | meeting pod; two-person pod; four-person pod | 18500 | 87x52x90@2*0.8; 87x87x90@4; 118x94x92@6*1.4 | 1700 0 | 820-1500 | felt | recycled PET felt, laminated glass, steel, plywood | ventilation, LED light, power outlets, sound insulation, bench seats | privacy, meeting, pod | 3 60 | display_stand > meeting_table | A room within the room for talks that should stay inside.
acoustic acoustic_panel | acoustic wall panel; felt wall panel set | 320 | 48x1x48; 24x1x96*1.05; 48x1x96*1.7 | 14 0 | 9-22 | felt | recycled PET felt | NRC 0.85, magnetic or screw mounting | noise, wall | 4 21 | > meeting_table, collaboration_table | Takes the echo out of a hard room and doubles as a pinboard.
acoustic ceiling_baffle | ceiling baffle set; acoustic cloud | 640 | 48x12x12; 72x48x2*1.4 | 22 0 | 14-30 | felt | recycled PET felt, aluminum | NRC 0.9, cable suspension | noise, ceiling | 2 28 | > bench_desk | Hangs above the open floor and swallows the noise before it travels.
acoustic desk_screen | desk screen; desk divider; clamp-on privacy screen | 240 | 60x1x18; 48x1x18*0.88; 60x1x24*1.15 | 11 0 | 8-18 | felt | recycled PET felt, aluminum | tackable, desk clamp | privacy, workstation | 3 16 | > bench_desk, height_adjustable_desk | A soft wall between two desks to work beside each other undisturbed.
acoustic freestanding_screen | freestanding screen; mobile acoustic divider | 780 | 60x16x62; 72x16x66*1.18 | 46 0 | 26-50 | felt | recycled PET felt, steel | castors, tackable | privacy, divider, zoning | 3 21 | > bench_desk, lounge_chair | Roll it to where a quiet corner is needed.
acoustic high_back_sofa | high-back sofa; acoustic booth sofa | 4200 | 78x34x54@2; 90x34x54@3*1.18 | 190 700 | 150-240 | fabric | upholstery, foam, plywood | acoustic shell, integrated power | privacy, focus, collaboration | 2 38 | side_table > coffee_table | High padded walls shelter a talk in the middle of the office.
conference conference_table | conference table; boardroom table | 5200 | 120x48x29@10; 144x48x29@12*1.25; 168x54x29@14*1.5; 216x60x29@18*2.1 | 380 800 | 160-300 | wood | veneer, walnut, laminate, steel | integrated power, cable trough, modular top | boardroom, meeting | 5 40 | power_module, media_credenza > conference_chair | One long surface for the whole board, with power and data beneath hatches.
conference conference_chair | conference chair; mid-back meeting chair | 780 | 25x25x37; 26x26x40*1.12; 24x24x35*0.9 | 34 300 | 55-82 | fabric | upholstery, leather, polished aluminum, foam | armrests, swivel, castors | boardroom, meeting | 5 24 | > conference_table, meeting_table | Calm lines around a long table, and comfort that outlasts the agenda.
conference media_credenza | media credenza; AV credenza | 2700 | 72x22x32; 60x22x32*0.9 | 180 250 | 65-110 | wood | veneer, laminate | ventilation, rack rails, cable access | audio video, boardroom | 2 35 | display_stand > conference_table | Hides players, cables and the rack behind doors that let the heat out.
conference display_stand | mobile display stand; video conferencing cart | 980 | 40x27x68; 48x30x72*1.2 | 75 150 | 32-60 | metal | steel | castors, height adjustable, device shelf | audio video, video call | 2 18 | > meeting_table | Rolls the large screen and its camera to wherever the meeting is.
conference lectern | lectern; speaker's lectern | 1150 | 26x22x46 | 70 60 | 28-50 | wood | veneer, steel | power outlet, castors | training, events | 2 28 | > training_table | A place to stand for the one who speaks.
conference whiteboard | glass whiteboard; wall-mounted whiteboard; porcelain whiteboard | 460 | 72x2x48; 48x2x36*0.68; 96x2x48*1.3 | 55 0 | 20-48 | plastic | tempered glass, porcelain steel, aluminum | magnetic, marker tray | writing, meeting | 4 14 | > meeting_table, conference_table | A clear surface for the idea that will not wait.
conference mobile_whiteboard | mobile whiteboard; rolling marker board | 740 | 60x24x72; 40x20x70*0.82 | 62 0 | 26-50 | plastic | porcelain steel, recycled PET felt, steel | castors, double-sided | writing, agile, collaboration | 3 16 | > collaboration_table, modular_lounge | Write on one side, pin on the other, roll it to the next team.
outdoor outdoor_chair | outdoor chair; terrace chair | 330 | 23x23x32; 22x21x31*0.9 | 14 300 | 14-28 | metal | powder-coated aluminum, teak | stackable, weatherproof | terrace, dining | 3 24 | > outdoor_table | Sits out in all weather and stacks away for the winter.
outdoor outdoor_table | outdoor table; terrace table | 980 | 36x36x29@4; 72x36x29@6*1.55 | 70 250 | 40-75 | metal | powder-coated aluminum, teak | weatherproof, umbrella hole | terrace, dining | 3 28 | parasol > outdoor_chair | Lunch in the fresh air, on a table that rain does not harm.
outdoor outdoor_dining_set | outdoor dining set; picnic table set | 2350 | 72x60x30@6; 60x60x30@4*0.74 | 190 1200 | 95-170 | metal | powder-coated steel, recycled plastic lumber | weatherproof, table with seats | terrace, dining, picnic | 2 30 | parasol > outdoor_planter | Table and seats in one set, for the lunch break outside.
outdoor outdoor_sofa | outdoor sofa; terrace sofa | 2700 | 78x34x29@3; 54x34x29@2*0.74 | 95 750 | 75-140 | fabric | teak, quick-dry foam, solution-dyed acrylic | weatherproof, removable covers | terrace, lounge | 2 35 | > outdoor_planter | A lounge on the roof terrace that dries quickly after the rain.
outdoor outdoor_bench | outdoor bench; park bench | 980 | 60x22x32@3; 72x22x32@4*1.18 | 85 900 | 40-80 | metal | powder-coated steel, thermally treated ash | weatherproof, anchoring points | courtyard, entrance | 2 28 | > outdoor_planter | Somewhere to sit in the courtyard or in front of the door.
outdoor outdoor_lounger | outdoor lounge chair; sun lounger | 1240 | 30x36x30@1; 28x78x14@1*1.1 | 45 300 | 38-70 | metal | powder-coated aluminum, teak | weatherproof, adjustable back | terrace, lounge | 2 30 | > outdoor_planter | Lean back and take the break in the sun.
outdoor parasol | parasol; cantilever umbrella | 760 | 108x108x96; 120x120x102*1.4 | 48 0 | 25-50 | fabric | aluminum, solution-dyed acrylic | tilt, wind vent | shade, terrace | 2 24 | > outdoor_table | Shade that follows the sun over the table.
outdoor outdoor_planter | outdoor planter; frost-proof planter | 520 | 48x16x24; 24x24x24*0.72 | 75 300 | 28-60 | metal | corten steel, fiber cement | drainage, frost-proof | greenery, courtyard | 2 24 | > outdoor_bench | Trees and grasses for the terrace, in a planter the frost cannot crack.
`;

function list(text: string, by = ','): string[] {
  return text
    .split(by)
    .map((word) => word.trim())
    .filter((word) => word !== '');
}

function parseSize(text: string): Size {
  const [, width, depth, height, count, factor] =
    /^([\d.]+)x([\d.]+)x([\d.]+)(?:@(\d+))?(?:\*([\d.]+))?$/.exec(text) ?? [];
  if (!width || !depth || !height) throw new Error(`kinds: "${text}" is no size`);
  return {
    inches: [Number(width), Number(depth), Number(height)],
    count: Number(count ?? 0),
    factor: Number(factor ?? 1),
  };
}

function parseKind(row: string): Kind {
  const [head = '', nouns = '', usd = '', sizes = '', load = '', kg = '', palette = '', ...rest] = list(
    row,
    ' | ',
  );
  const [materials = '', features = '', tags = '', pace = '', partners = '', text = ''] = rest;
  const [category, subcategory] = head.split(' ') as [ProductCategory, ProductSubcategory];
  const [lbs = 0, holds_lbs = 0] = load.split(' ').map(Number);
  const [low = 0, high = 0] = kg.split('-').map(Number);
  const [share = 1, lead_days = 14] = pace.split(' ').map(Number);
  const [accessories = '', goesWith = ''] = partners.split('>');
  return {
    category,
    subcategory,
    nouns: list(nouns, ';'),
    usd: Number(usd),
    sizes: list(sizes, ';').map(parseSize),
    lbs,
    holds_lbs,
    kg: [low, high],
    palette: palette as Palette,
    materials: list(materials),
    features: list(features),
    text,
    tags: list(tags),
    share,
    lead_days,
    accessories: list(accessories) as ProductSubcategory[],
    goes_with: list(goesWith) as ProductSubcategory[],
  };
}

export const KINDS: readonly Kind[] = ROWS.split('\n')
  .filter((row) => row.trim() !== '')
  .map(parseKind);
