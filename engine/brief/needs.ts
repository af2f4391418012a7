// Reads special requirements and whether they are wanted or refused, with the reach of a refusal over a list
// ("no lounge, lockers or booths"), double negatives ("can't do without"), and "keep X, drop the rest".
import type { SpecialRequirement } from '../../contract/brief.ts';
import { NEED_GUARDS, NEED_PHRASES } from './lexicon-needs.ts';
import type { Op } from './ops.ts';

const NEED_PATTERNS = NEED_PHRASES.map(
  ([what, source]) => [what, new RegExp(`(?<![a-z])${source}(?![a-z])`, 'g')] as const,
);

const DROP =
  '(?:skipping|cutting|ditching|scrapping|leaving out|eliminating|omitting|hold(?= the )|skip|drop|dropping|scratch|scrap|delete|remove|removing|lose|losing|forget(?: about)?|nix|ditch|cut|cancel|omit|exclude|excluding|leave out|leave off|take out|take off|get rid of|do away with|hold off on|pass on|rule out|eliminate|avoid|strike|kill|axe|pull|strip out|give up|sacrifice|refuse|reject|withdraw|go without|do without|live without|manage without|no more|enough of)';
/** Opens a stretch in which things are refused. */
const REFUSE = new RegExp(
  `\\b(?:(?:do|does|did|would|will|should|must|can|could|am|are|is|have) not (?:really |actually |currently |yet |even |necessarily |particularly |think (?:we|i|they) )*(?:need|want|like|require|care (?:for|about)|see (?:a|the|any) need|have (?:room|space|budget|a need|any need)|believe in|be needing|going to need|looking for|interested in|after|in need of|use|plan on|intend|include|add|supply|provide|quote|install|do|bother with|fans? of|put in|get|go for|keen on|sold on|convinced by|worried about)|(?:please )?${DROP}|no longer (?:need|want|require)|(?:rather|prefer) not (?:to )?(?:have|see|use|go for|get|include|install)|without|instead of|rather than|in place of|except(?: for)?|(?:nobody|no one|none of us|hardly anyone|few people) (?:really |actually |ever |here |would |will |has )*(?:wants?|needs?|uses?|used|likes?|asked for|asks for|misses|cares (?:for|about))|neither|nor|no need (?:for|of|to have)|no use for|not (?:interested in|looking for|keen on|a fan of|fans of|necessary to have|needed :|wanted :|required :|included? :|any|the|a|an)|zero|no|not|hates?|dislikes?|loathes?|never|against|tired of|opposed to|say no to|opt(?:ing)? out of|anything but|nothing (?:like|with)|replace)(?= )`,
  'g',
);
/** Looks like a refusal and is not. */
const NOT_A_REFUSAL =
  /\b(?:can|could|would|will|must|do|should|did)(?: not|not) (?:ever |really |possibly |want to |like to |have to |wish to |afford to |be able to |plan to |forget |)*(?:do|live|manage|go|work|be|cope|survive|lose|losing|give up|skip|drop|sacrifice|cut|scratch|remove|go|miss|forget|imagine [a-z ]{0,20})(?: about)?(?: without)?(?= )|\bno (?:fewer|less|more|later|earlier|sooner|wait|problem|doubt|worries|question|matter|longer than|bigger|smaller|higher|lower|exceptions?|one|idea|rush|hurry|thanks|thank you|but)\b|\bnot (?:only|just|merely|simply|less|fewer|more|until|later|exceed|to exceed|to mention|sure|over|above|a problem|that|bad|\d)\b|\bnot having\b(?= .*\b(?:is|would be) (?:not an option|out of the question|a (?:deal ?breaker|problem|no go)|unacceptable))|\bno [a-z ]{1,30} (?:is|would be) (?:not an option|out of the question|a (?:deal ?breaker|problem)|unacceptable|not acceptable)|\bnever (?:without|say no to)|\bnot say no\b(?: to)?|\bnot (?:be )?(?:against|opposed to|averse to)\b|\bdo not (?:forget|hesitate|skimp|overlook|miss|mind|leave out|skip|drop)|\b(?:cut|reduce|drop|lower|take|pull) (?:the |our |back )?[a-z ]{1,30} (?:in half|by half|by \d|(?:back |down )?to \d)|\bwithout (?:an? |the |any |good |proper |some |enough |[0-9]+ )*[a-z ]{3,30}?,? (?:this|it|we|that|the (?:office|space|layout|design|plan|project|deal)|i|they|there) (?:is|are|will|would|can|could|does|do|just|simply|really)(?: [a-z]+){0,2} (?:not|no|useless|fail|impossible|pointless|dead|off|out)\b|\bno ,|\bnope\b|\bno \.|\bno -/g;
/** Ends the reach of a refusal. */
const REACH_END =
  /[.;!?~]|(?<=[a-z]) : | - | but | however | although | though | yet | except | instead(?! of) | so (?:we|i|that|a|the) | because | since | we (?:do |also |just |really |still |would |definitely )*(?:need|want|like|love|prefer|have|are|would) | i (?:need|want|would|prefer) | they (?:need|want|would) | (?:,|and) (?:also |then |please |just |maybe |let us )*(?:add|include|keep|put|give|get|use|do(?! not)|go|make|have|want|need|yes|let us|replace|change|increase|with|definitely|instead)(?= )| (?:,|and|plus) (?:the )?\d+ | plus | so | which (?=is|are|means)| (?:there|it|everything|everyone|everybody|they|he|she|this|that) (?:is|are|was|has|have|will|would|can|should|must|needs?|wants?) | the (?:[a-z]+ ){1,2}(?:is|are|has|have|will|needs?|should|must) |(?<! to| not) (?:give|get|put|add|use|include|bring|install) (?=us|in|a|an|some|me|the)|, (?=(?:just|only|simply|merely|rather) )|, (?=(?:a|an|some|lots|plenty|good|great|yes|definitely|more|only|all|our|we|everyone|budget|style|delivery|the (?:budget|style))\b)|, (?=(?:[a-z]+ ){1,3}please\b)| in favou?r of |(?<!anything|something|nothing|furniture) for (?=(?:a|an|more|the|some|lots)\b)| with (?!no|any)/;

/** Not decided yet: neither wanted nor refused. */
const UNDECIDED_AFTER =
  /^ ?(?:(?:is|are|:|-|\() ?){0,2}(?:still )?(?:tbd|tbc|tba|to be (?:determined|confirmed|decided|discussed)|undecided|under (?:discussion|review)|pending|on hold|maybe|not (?:yet )?decided|unknown|an open question|open(?= [.,;)]| ?$)|\?)/;

interface Zone {
  start: number;
  end: number;
}

/** Stretches of the line in which things are refused. */
export function refusalZones(norm: string): Zone[] {
  const exempt: Zone[] = [];
  for (const m of norm.matchAll(NOT_A_REFUSAL)) exempt.push({ start: m.index, end: m.index + m[0].length });
  const zones: Zone[] = [];
  for (const m of norm.matchAll(REFUSE)) {
    const start = m.index;
    const stop = start + m[0].length;
    if (exempt.some((zone) => start < zone.end && stop > zone.start)) continue;
    const rest = norm.slice(stop);
    const reach = REACH_END.exec(rest);
    let end = stop + (reach ? reach.index : rest.length);
    if (
      /^(?:no|not|zero|without|instead of|rather than|in place of|replace|never)$/.test(m[0]) ||
      / (?:a|an|the|any)$/.test(m[0])
    )
      end = stop + shortReach(rest.slice(0, end - stop));
    zones.push({ start, end });
  }
  return zones;
}

/** "no lounge, lockers or booths" reaches over the list only when an "or" closes it; "no lounge, lockers" does not. */
function shortReach(rest: string): number {
  const comma = rest.search(/ , | and (?!no )/);
  if (comma < 0) return rest.length;
  const or = rest.search(/ (?:or|nor) /);
  return or >= 0 && !/ and | with | we /.test(rest.slice(0, or)) ? rest.length : comma;
}

const REFUSED_AFTER =
  /^ ?(?:(?:areas?|rooms?|expressly|explicitly|specifically|also|therefore|hereby|simply|just|really|definitely|certainly|is|are|was|were|shall|will|,|:|-|\?|=|\(|would be|will be|can be|could be|should be|idea|thing|part|bit|stuff|furniture|[a-z]+ing) ?){0,3}(?:not (?:needed|necessary|required|wanted|important|included|an option|a priority|something|our thing|for us|happening|in scope|worth|essential|an? (?:must|priority|requirement|fit)|entertained|considered|accepted|acceptable|permitted|allowed|provided|desired|contemplated|planned|foreseen|envisaged|anticipated|in scope|welcome|to be (?:included|provided|considered|quoted)|be (?:entertained|considered|accepted|permitted|included|provided|needed|required|quoted)|(?=[.,;!]| ?$))|(?:forget|scratch|drop|skip|scrap|lose|ditch|cancel|delete|leave out) (?:it|them|that|those)(?= ?[.,;!]| ?$| then| please)|no longer (?:needed|required|necessary)|unnecessary|out(?! ?(?:of (?!the question|scope|the picture))| ?(?:side|door))(?= [.,;!]| $| of| as well| too| also| then)|off(?= ?[.,;!]| ?$| and\b)|off the (?:table|list)|a (?:hard )?no(?= [.,;!]| $| go)|no(?= [.,;!)]| $)|none(?= [.,;!)]| $)|nope|nah|no thanks?|no way|can go(?= [.,;!]| $)|cancell?ed|scrapped|dropped|removed|ruled out|an? (?:[a-z]+ )?(?:bad|terrible|poor|awful|dreadful) (?:idea|fit|choice)|overkill|a waste(?: of (?:space|money))?|superfluous|redundant|too much(?= [.,;!]| $| for)|not our (?:style|thing)|a non starter|a no ?go|a hard pass|out of scope|out of the (?:question|picture)|excluded)/;
const NOT_AFTER = /^ ?(?:[a-z]+ ){0,2}(?:is|are) (?:not an option to (?:skip|drop)|a must)/;
const WANTED_AFTER =
  /^ ?(?:,|:|-|\?|=)? ?(?:yes|definitely|absolutely|please|a must|required|needed|must have|essential)\b/;

function refusedAfter(norm: string, end: number): boolean {
  const rest = norm.slice(end, end + 70);
  if (NOT_AFTER.test(rest) || WANTED_AFTER.test(rest)) return false;
  return (
    REFUSED_AFTER.test(rest) ||
    /^ ?(?:[a-z]+ ){0,2}(?:we|i) (?:can|could) (?:live|do|manage|go) without/.test(rest) ||
    /^ ?,? ?(?:but|though|yet|however|sadly|unfortunately)? ?,? ?(?:[a-z]+ )?there is (?:(?:just|simply|really|also|absolutely|no|not) )*(?:room|space|budget|money|place|any (?:room|space)|enough (?:room|space|money)) (?:for (?:them|it|those|that|one|any)|(?=[.,;!]|$))/.test(
      rest,
    ) ||
    /^ (?:and|or|nor|,) [a-z ,]{2,40}? (?:is|are) (?:not (?:needed|necessary|required|wanted)|unnecessary|out(?= [.,;!]| $)|off the (?:table|list))/.test(
      rest,
    ) ||
    /^ ?(?:(?:do|does|will|would) not (?:make sense|interest us|work for us|appeal)|(?:we|i) (?:do not|will not) (?:need|want|require|have (?:the )?(?:room|space|budget|money)|use)|out(?= [.,;!]| $))/.test(
      rest,
    )
  );
}

export interface NeedMention {
  what: SpecialRequirement;
  start: number;
  end: number;
  refused: boolean;
  /** A number or article of its own stands before it: counted elsewhere. */
  counted: boolean;
}

/** "We don't like the style of the lounge": a property of it is refused, not the thing. */
const ABOUT_IT =
  /\b(?:style|look|looks|colou?r|colou?rs|price|prices|cost|costs|position|location|placement|size|shape|number|fabric|finish|quality|brand|layout|design|view) (?:of|for|in) (?:the|your|that|those|these) (?:[a-z]+ )?$/;

/** Every special requirement named on a line, wanted or refused. */
export function findNeeds(norm: string): NeedMention[] {
  const zones = refusalZones(norm);
  const found: NeedMention[] = [];
  for (const [what, pattern] of NEED_PATTERNS) {
    for (const m of norm.matchAll(pattern)) {
      const start = m.index;
      const end = start + m[0].length;
      if (UNDECIDED_AFTER.test(norm.slice(end, end + 40))) continue;
      if (ABOUT_IT.test(norm.slice(Math.max(0, start - 40), start))) continue;
      if (NEED_GUARDS[what]?.test(norm.slice(Math.max(0, start - 25), end + 25))) continue;
      if (found.some((other) => other.what === what && start < other.end && end > other.start)) continue;
      const lacking =
        /\b(?:do|does|did) not (?:currently |yet |even |really |actually )*have (?:a |an |any |enough |the |proper |good )*$/.test(
          norm.slice(Math.max(0, start - 45), start),
        );
      if (lacking && !/\b(?:need|want|would like|require|add)\b/.test(norm.slice(end))) continue;
      const refused =
        !lacking &&
        (zones.some((zone) => start >= zone.start && end <= zone.end + 1) || refusedAfter(norm, end));
      const counted =
        /(?:\b(?:an?|one|another)|\d+)(?: (?:more|additional|extra|single|small|large|new|[a-z]+))? $/.test(
          norm.slice(Math.max(0, start - 24), start),
        );
      found.push({ what, start, end, refused, counted });
    }
  }
  return found.sort((a, b) => a.start - b.start);
}

const NONE_NOW =
  /\b(?:so |but |and )?(?:none|not|never|no more|nothing like that) (?:this time|again|of (?:that|those|them)|of it|anymore|any more)\b|\b(?:do|would) not (?:want|need|miss) (?:them|those|it|(?:any|one)(?= [.,;!]| ?$))(?! to)/;

/** "We used to have phone booths, so none this time": the thing is named outside what is stated. */
export function refusedByReference(norm: string, live: string): Op[] {
  if (!NONE_NOW.test(live) || findNeeds(live).some((mention) => mention.refused)) return [];
  return findNeeds(norm)
    .map(({ what }): Op => ({ kind: 'refuse', what }))
    .slice(0, 1);
}

/** "We changed our minds about the lockers": the opposite of what stands. */
const RECONSIDERED =
  /\b(?:chang(?:ed?|ing) (?:our|my|their|his|her) minds?|having second thoughts|had a rethink|reconsidered|reversed course|going back and forth) (?:about|on|regarding) (?:the |that |those |these |our |having |[a-z]+ (?:and|or|,) ){0,3}$/;

const REST =
  /\b(?:the (?:rest|others|other (?:stuff|things|items))|everything else|all (?:the )?(?:rest|others|else))\b/;

/** Needs and refusals stated on a line. `countsPhoneBooths` is true where a number of booths was read from it. */
export function readNeeds(norm: string, countsPhoneBooths: boolean): Op[] {
  const ops: Op[] = [];
  const mentions = findNeeds(norm);
  const lifted =
    /\b(?:forget|ignore|scratch|disregard|never ?mind|take back) (?:what|the part|the bit|my comment|the comment|the note) (?:(?:i|we) said |i wrote )?(?:about |on )?(?:no|not|excluding|dropping|skipping|removing|avoiding|without)\b/.test(
      norm,
    );
  for (const mention of mentions) {
    if (RECONSIDERED.test(norm.slice(0, mention.start)) && !mention.refused)
      ops.push({ kind: 'reverse', what: mention.what });
    else if (lifted) ops.push({ kind: 'lift', what: mention.what });
    else if (mention.refused) ops.push({ kind: 'refuse', what: mention.what });
    else if (mention.what === 'phone_booths' && countsPhoneBooths) continue;
    else ops.push({ kind: 'need', what: mention.what });
  }
  const rest = REST.exec(norm);
  if (
    rest &&
    (refusalZones(norm).some((zone) => rest.index >= zone.start && rest.index < zone.end) ||
      /^[a-z ]* (?:can go|out|is out|not needed|is not needed)/.test(norm.slice(rest.index + rest[0].length)))
  ) {
    const keep = mentions.filter((mention) => !mention.refused).map((mention) => mention.what);
    ops.push({ kind: 'drop_rest', keep });
  }
  return ops;
}
