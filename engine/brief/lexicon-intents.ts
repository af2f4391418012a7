// Ways of asking for a proposal, of agreeing, refusing, comparing, asking and greeting, on the canonical line (lower case,
// contractions opened, numbers as digits). Each entry is the source of an expression between word boundaries.

/** What a maker of proposals makes. */
const PAPER =
  '(?:proposals?|recommendations?|quotes?|quotations?|offers?|bids?|concepts?|test ?fits?|layouts?|options|ideas|suggestions?|schemes?|scenarios|(?:furniture |product |seating )?(?:packages?|selections?|shortlist|short list)|drafts?|mock ?ups?|first (?:pass|cut|draft|go|look|stab)|starting points?|estimates?|furniture plan|alternatives|propositions?|propositions?|picks|some (?:furniture|products|chairs|desks))';
/** What may stand between the verb and the thing: "me a quick", "us your first few". */
const SOME =
  '(?:(?:for us|for me|me|us|a|an|the|some|your|our|this|that|new|first|initial|rough|full|quick|revised|updated|fresh|another|few|couple|of|any|best|top|other|more|different|better|to|see|have|look|at|with|going|\\d) ){0,6}';
const MAKE =
  '(?:generate|regenerate|re generate|create|recreate|build|rebuild|make|prepare|produce|draft|design|redesign|work (?:up|out|on)|draw up|put together|come (?:up|back) with|run|rerun|re run|refresh|redo|re do|start|restart|kick off|launch|get started on|begin|mock up|sketch|hit|fire away with|send(?: over| through| across)?|share|show|give|get|see|have|do|let (?:me|us) have|bring on|deliver|present|knock up|pull together|line up|throw together|update|revise|refine|issue)';
const PIECES =
  '(?:(?:task |lounge |desk |office |meeting |conference |dining |side |reception )?(?:chairs?|desks?|tables?|furniture|sofas?|seating|pieces?|products?|items?|storage|lockers?|booths?|systems?|stools?|benches|finishes|fabrics?|range|stuff|something|things))';
const KIND = '(?:[a-z]+ ){0,3}';

/** Only where the turn says nothing else: a wish for a proposal in words that also stand elsewhere. */
export const REQUEST_FORMS: readonly string[] = [
  `(?:^ ?,?|please|can you|could you|would you|will you|can we|could we|can i|could i|may i|may we|let us|let me|we want|i want|want to|like to|love to|go ahead and|you to|ready to|now|then|and|so|,|\\.|;|-|time to|you can|you may|feel free to) ${MAKE} ${SOME}${PAPER}`,
  `(?:i|we) (?:would (?:like|love|welcome|appreciate)|want|need|could use|am after|are after|am ready for|are ready for|am looking for|are looking for|expect|await) ${SOME}${PAPER}`,
  `(?:time|ready|over to you|waiting|shall we|how about|on) (?:for|on|to|with) ${SOME}(?:see )?${SOME}proposals?`,
  `${PAPER} ,? ?please`,
  `(?:^|please|can you|could you|would you|you to|help (?:me|us)(?: to)?|help|then|now|and|,) (?:pick|choose|select|suggest|choosing|picking|selecting|find|finding|source|look for|search for|specify)(?: out)? (?:${KIND})${PIECES}`,
  'surprise (?:me|us)|(?:give|have) (?:it|this) a (?:go|try|shot|whirl)|over to you|work your magic|do your (?:thing|magic|stuff)|take it from here|your turn|let (?:it|her) rip|hit (?:me|us) with',
  '(?:please |can you |could you |now |just )?(?:run|rerun|re run|do|try) (?:it|that|this) (?:again|once more|anew|over|with the (?:new|updated|latest|revised|changed) [a-z]+)|ready when you are',
  `(?:can|could|would|will) you (?:please )?(?:furnish|quote|price|lay out|fit out|kit out|outfit|design|plan|spec)(?: up| out)?(?= [a-z0-9])`,
  `^ ?(?:, )?(?:[a-z]+ ,? ){0,2}(?:please |just |now |then )?(?:furnish|price up|price|quote|lay out|fit out|kit out|outfit|start designing|design|begin)(?: (?:it|this|that|them|the|our|my|all|me|us|something|away|now|designing|a)\\b| ?[.!]| ?$)`,
  `(?:what|which) (?:${KIND})?${PIECES} (?:would|do|should|could|can|might|fits?|suits?|works?|matches|match|meets?|goes)(?: (?:suit|fit|work|look|go|match|serve))? (?:you|we|i|our|my|us|here|well|for|in|best)`,
  'what (?:would|do|can|should|could|might) (?:you|we|i) (?:recommend|suggest|propose|advise|pick|choose|go with|go for|put|buy|get|use|order|specify|do here|do with|come up with|offer|show)',
  `(?:ready|like|love|want|time|excited|keen|happy) to see (?:the |some |your |a few )?(?:${KIND})?${PIECES}|(?:can|could|may|let) (?:we|i|me|us) (?:please )?(?:now )?see (?:the |some |your |a few )(?:${KIND})?${PIECES}`,
  `(?:can|could|would|will) you (?:please )?(?:advise|help|assist|guide|suggest)(?: (?:me|us))?(?: (?:on|with|in|choose|pick|find|select))(?= [a-z])`,
  `(?:got|have you|do you have|is there) (?:got )?(?:anything|something|any (?:ideas|suggestions|tips|recommendations|proposals|thoughts)) (?:for|on|about|to suit|that (?:suits|fits|works))`,
  '(?:get|let us get|getting) (?:started|going|cracking) (?:with|on) (?:the |a |your )?(?:design|layout|furniture|planning|concept|recommendations?|proposal|selection)|best (?:shot|guess|effort|attempt|take)|what (?:this|it|that|the [a-z]+|our [a-z]+) (?:would|could|might|will) look like|(?:go ahead with|start with|on with|proceed with|do) (?:the|your|a) (?:recommendations?|design(?:ing)?|selection|furniture plan|furnishing)|what (?:would|could|might) (?:work|look|fit|suit|go)(?: (?:well|best|good|nice|us|here))',
  'what (?:have|else have|did) you (?:got|get|found|find|come up with|prepared|put together)',
  'show (?:me|us) what (?:you|it)|let (?:me|us) (?:see|have a look at|look at|hear) what (?:you|it|we)|let us (?:see|have a look at|look at) (?:some|the|your|a few) (?:[a-z]+ )?(?:furniture|options|products|chairs|desks|ideas|pieces|picks)',
  '(?:mock|work|draw|sketch|put|knock|throw|cook|whip|dream|give (?:me|us)) (?:something|one|it|some ideas) (?:up|together|out)',
  '(?:more|other|new|different|better|further|alternative|fresh|any|some) (?:suggestions|ideas|recommendations|options|alternatives|proposals)(?= (?:for|please|then|instead|if)| ?[,.!?]| ?$)',
  '(?:put|pull|throw|get) (?:a |an |some |the |your )?(?:[a-z]+ ){0,2}(?:package|scheme|proposal|kit|list|selection) together',
  '(?:put|set|lay|place) (?:some |a few |the |your |a couple of )?(?:options|ideas|choices|suggestions|proposals|something) (?:in front of|before|to|past) (?:us|me|the [a-z]+)',
  'put forward (?:an?|some|your|the|something)|(?:like|want|need) you to (?:now |please )?(?:plan|design|furnish|lay|specify|select|choose|pick|fit|draw|suggest|propose|recommend|quote|put)',
  'find (?:me |us )?(?:something|some|an?|other|another|better|cheaper|nicer|similar)|look for (?:something|other|another|better|different|cheaper|alternatives)',
];

export const APPROVE_FORMS: readonly string[] = [
  '(?:let us|let we|we can|we will|i will|i would say|happy to|glad to|ready to|you can|you may|please|ok|okay|so|all good|yes|yep|yeah|great|fine|good|then|our side|my side) ,? ?(?:do (?:this|it|that)|go|go with|go for it|roll|roll with|run with|crack on|get (?:going|it done|on with it|started|this done|moving)|make it happen|pull the trigger|move on it|take (?:it|them|this|that|the)|proceed|place (?:it|the order|this)|book (?:it|the order|this)|order(?: it| this| them| away)?|ship it|finali[sz]e(?: it| this| the order)?|submit (?:it|the order)|seal the deal|buy it|call it (?:done|a deal)|wrap (?:it|this) up|sign(?: it)?|lock (?:it|this|that) in)(?= (?:with|ahead|then|please|today|now|the|this|that|from|option|scenario|on|as|it|them)\\b| ?[,.!;]| ?$)',
  '(?:place|book|finali[sz]e|confirm(?:ing)?|submit|send(?: over| us)?|issue|raise|put through|release|cut) (?:the |this |our |that |an? |my )?(?:full )?(?:order|po|purchase order|invoice)',
  '(?:po|purchase order) (?:is )?(?:attached|to follow|follows|is coming|is on its way|on its way|sent|is in)',
  'yes to (?:everything|all|it|that|this|the (?:lot|proposal|plan|layout|quote|whole))|(?:option|scenario|version|package|layout|design|number|proposal|plan) [a-c1-9] it is|(?:balanced|conservative|aggressive|that one|this one|that|the (?:first|second|third|middle|last) one) it is',
  '(?:said|says|say|voted|is an?|are an?) (?:a )?(?:yes|aye)(?! (?:to|but|if))',
  '(?:gave|given|give|giving|got|get|have|has|had|with) (?:us |me |it |you |this )?(?:the |your |our |my |their |his |her |a )?(?:nod|green ?light|thumbs up|go ahead|blessing|ok|okay|seal of approval|sign ?off|all clear|clearance)',
  '(?:this|it|consider this|that|here) is (?:our|my|the|your) (?:formal |official |final )?(?:sign ?off|approval|go ahead|ok|green light)|consider (?:this|it|that) (?:our|my|as|a|the|done|signed|approved)',
  'no (?:further |other |more )?(?:objections?|complaints?|issues?|concerns?|changes?|notes|comments|remarks|reservations|red flags)(?: (?:from|here|on|at|with|needed|necessary))?|nothing to (?:add|change|object|complain)|(?:would|do) not change a thing',
  '(?:i|we) (?:am|are) (?:all |very |really |quite |totally |perfectly |absolutely |more than )?(?:good|fine|ok|okay|happy|content|comfortable|pleased|satisfied|sold|on board|thrilled|delighted|in)(?: (?:with|on|to (?:proceed|go|order|sign))\\b| ?[,.!]| ?$)',
  '^ ?(?:(?:it|this|that|all|everything) (?:is|was|has been) )?(?:fully |formally |officially |now )?(?:approved|accepted|signed off|agreed|ok ed|cleared|endorsed) by',
  '(?:ok|okay|fine|good|great|perfect|right|all right) (?:by|with|for|to) (?:me|us|my|our|everyone)',
  'all good|(?:everything|it|this|all|that) (?:all )?(?:checks out|adds up|lines up|fits(?: the bill| perfectly)?|works)(?= ?[,.!]| ?$| for| from)',
  '(?:can|could) not (?:be (?:better|happier|more pleased)|fault (?:it|this)|ask for more)|will do (?:nicely|fine|the job|very well|just fine)|just what we|spot on|bang on|hits the (?:spot|mark|nail)|fits the bill|ticks all|(?:exactly|just|precisely) (?:what|as) (?:we|i) (?:need|want|had|have|asked|were|was|hoped|wanted|needed|imagined|pictured)',
  '(?:client|board|team|boss|cfo|ceo|coo|management|director|directors|committee|partner|partners|owner|owners|everyone|everybody|council|we|i|they|she|he|finance|procurement|husband|wife|landlord) (?:all |really |absolutely |just |also |both |definitely )*(?:loves?|loved|likes?|liked|approves?|approved|agrees?|agreed|accepts?|accepted|confirms?|confirmed|endorsed?|signed off|signs off|oked|okayed|gave the|went for|goes for|adores?|is happy with|are happy with|is on board|are on board|is in|are in)(?: (?:it|this|that|the (?:proposal|layout|option|plan|design|scenario|quote|package|numbers?|price|offer|concept|look))| ,| ?[.!]| ?$)',
  'this is (?:what|the one) (?:we|i) (?:want|wanted|will take|need|are taking|am taking|have been looking for)|that (?:is the|one is) (?:one|winner)|(?:this|that|yes ,? that|the second|the first|the third) one(?= please| ?[,.!]| ?$)|we have a (?:deal|winner)|winner|agreed on (?:all|every)|consider it (?:done|approved|sold|signed)|(?:i|we) (?:will|would) (?:buy|take|have) (?:it|that|this|them|the [a-z]+ (?:one|package|option|scenario))|on board with (?:it|this|that|the)|sign (?:me|us) up|count (?:me|us) in|full steam ahead|let us get (?:it|this) (?:done|ordered|moving)|crack on|over the moon|fire away(?= ?[.!]| ?$)|go (?:right |straight )?ahead',
  '(?:sounds|looks|seems|reads|feels) (?:like a (?:plan|deal|winner)|fine|lovely|right|solid|ideal|super|brilliant|very good|about right|ok|okay)(?! (?:if|but|except|though|for \\d))',
  '^ ?(?:[a-z]+ ,? ){0,1}(?:brilliant|ideal|superb|lovely|splendid|marvellous|bravo|well done|great (?:job|work)|hooray|yay|fantastic|fabulous|amazing|excellent)(?= ?[,.!]| ?$)|(?:is|it is|that is|this one|one is|1 is) (?:is )?a (?:keeper|winner|hit)|(?:convinced|sold|won) (?:me|us)(?: over)?|signed(?: and (?:returned|sent|dated|attached))|(?:we|i) (?:will )?(?:choose|pick|select|take|prefer) (?:the )?(?:balanced|conservative|aggressive)|order (?:everything|the lot|the whole lot|all of it|them all)',
];

/** At the beginning of the turn. */
export const APPROVE_STARTS: readonly string[] = [
  '(?:by|with) (?:me|us)(?= ?[.!]| ?$)',
  '(?:(?:ok|okay|k|yes|yep|right|great|fine|alright|all right|good|cool|sure) ,? ?)*(?:go|proceed|confirmed|confirming|approved|accepted|agreed|done|deal|sold|order (?:it|them|away))(?= ?[,.!]| ?$| (?:for it|ahead|from|on)\\b)',
];

export const REJECT_FORMS: readonly string[] = [
  '(?:not|never)(?: (?:going to|be|to|want to|wish to|able to|prepared to|willing to|ready to|really|quite))* (?:go(?:ing)?(?: (?:for|with|ahead|forward))?|proceed(?:ing)?|mov(?:e|ing) (?:forward|ahead)|approv(?:e|ing)|accept(?:ing)?|sign(?:ing)?|order(?:ing)?|tak(?:e|ing) (?:it|this|that)|do(?:ing)? (?:this|it|that)|buy(?:ing)?|choos(?:e|ing) (?:this|that|it|any)|live with|do it)(?= (?:with|ahead|forward|this|that|it|on|for|any|the|off|these|those|them|you)\\b| ?[,.!;]| ?$)',
  '(?:decided|chose|choose|opted|voted|prefer|voting) (?:not to|against)(?= (?:proceed|go|move|order|sign|accept|approve|it|this|that|the (?:proposal|layout|plan|option|offer|quote))|[ ,.!]*$)',
  '(?:none|neither|not (?:one|any|a single one)) (?:of (?:these|those|them|the|your) )?(?:[a-z0-9]+ ){0,2}(?:work|works|fits?|will do|does|do|is|are|suits?|appeals?|hit|hits|speak|speaks|convinces?)',
  '(?:vote[ds]?|voting|turn(?:ed|s)?|shot|shoot|knock(?:ed)?|sent|send|thrown?|threw|push(?:ed)?|strike|struck) (?:it |this |that |them |us )?(?:down|back|out)(?= (?:by|please|on|the|this|for)\\b| ?[,.!]| ?$)',
  '(?:but|thanks ,?|thank you ,?) no (?:thanks|thank you)|(?:not|wrong|hardly|never)(?: quite| really| at all| exactly)? (?:the|an?) (?:[a-z]+ )?(?:direction|look|route|way|approach|path|vision|idea|concept|solution|feel|vibe|fit)(?= (?:that )?(?:we|i|they|for)\\b| ?[.,!]| ?$)',
  'rather (?:we|you|they|i|it) (?:did|do|were|was) not|(?:would )?rather not(?= (?:do|go|take|have this|proceed)| ?[.,!]| ?$)',
  'veto(?:ed|es)?|nixed|(?:said|says|say|saying|was|is|are|an? (?:definite|clear|firm|resounding|flat|big)|have to be an?|afraid) (?:a |it is a |it is )?no(?= (?:to (?:this|that|it|the)|from|thanks?|thank you|for|on|i am|,)| ?[,.!]| ?$)|so no(?= ?[.!]| ?$)',
  '(?:that|this|it) (?:is|was) not (?:it|us|them|me|this|for (?:us|me|them)|our|my|what|the (?:one|right|way)|right|quite|good|working|acceptable|ok|okay|going|close|near|remotely|there)',
  '(?:go|gone|going|went|move|look(?:ing)?) (?:in )?(?:a |with a |with |with an )?(?:different|another|someone else|somebody else|elsewhere|other)(?: (?:way|direction|vendor|dealer|supplier|route|company|firm))?|(?:does|do|did) not (?:reflect|represent|match|suit|capture|feel like)|(?:can|could) not (?:recommend|present|show|defend|take) (?:this|it|that)|(?:this|it|that) is all wrong|all wrong|expected (?:better|more)|disappoint(?:ed|ing|ment)|(?:he|she|they|boss|client|board|ceo|cfo|team|partner|everyone|everybody) (?:really |all |absolutely )?(?:hates?|hated|dislikes?|disliked|loathes?) (?:it|this|that|them|the)|^ ?(?:sorry ,? |no ,? )?(?:we|i) (?:are|am) out(?= ?[.!]| ?$)|(?:over|above|beyond|exceeds?) (?:the |our |my )?(?:budget|limit|cap) ,? ?(?:so )?no(?= ?[.!]| ?$)|do not (?:order|buy|book|proceed|send) (?:this|it|that|these|them|anything)|hold off',
  '(?:^ ?|\\. |, |but |, i am )not (?:for (?:me|us|them)|our|my|this|these|that|it|a fan|convinced|good|acceptable|what|really|impressed|us|there)(?= (?:cup|taste|style|thing|one|way|time|enough|we|i|i am|,)| ?[,.!]| ?$)',
  'not (?:my|our|her|his|their|the client s|everyone s) (?:cup of tea|taste|style|thing|kind|vibe|look|favou?rite)',
  'fall(?:s|ing)? (?:well |far |way )?short|miss(?:es|ed|ing)? the (?:point|mark|brief|boat|target)|under ?whelm(?:ed|ing)|(?:do(?:es)?|did) not (?:do it|cut it|work|fit|sit right|sit well|fly|grab|speak|appeal|land|feel right|impress|convince)(?: (?:for|to|with|me|us)|\\b)|left (?:me|us) cold|not (?:very |at all |so |that |really )?(?:comfortable|impressed|happy|satisfied|convinced|taken|pleased|excited|wowed|feeling|loving|liking)',
  '(?:i|we) (?:do not think so|would rather not|will not (?:be|take|have|want)|can not (?:live|work|agree|accept|approve|support|justify|get behind|go along|see us|sell)|do not (?:agree|accept|approve|care for|want (?:this|it|that|any of)|love|like|see it)|(?:really )?(?:hate|loathe|dislike|detest|despise))|let us not(?: (?:do|go|take|order))|(?:this|that|it) (?:will|would|does|can) not (?:do|work|fly|cut|pass|be approved|suit)|no (?:go|dice|good|way|deal|sale)(?= ?[,.!]| ?$| for| from| with)',
  '(?:scrap|bin|ditch|throw out|throw away|withdraw|discard|forget|cancel|shelve|kill|dump) (?:this|that|the|your|these|it)? ?(?:whole |entire |current |latest )?(?:proposal|recommendations?|layout|options?|plan|scenario|quote|concept|design|offer|order|idea)|back to (?:square 1|the drawing board)|start (?:again|over|afresh|from scratch)|(?:please )?try (?:again|something else|something different|harder|another)|(?:another|different) (?:direction|approach) (?:please|altogether|entirely)|rethink|go back to',
  '(?:way |far |much |a bit |a little |rather |well |simply |just |still )?too (?:expensive|pricey|costly|much|dear|dark|heavy|bland|boring|corporate|high|rich|steep|busy|cramped|tight|loud|plain|cold|sterile|dated|old fashioned|fussy|crowded|cheap|flimsy|formal|generic|bright|slow|late)(?= (?:for|a|to|and)\\b| ?[,.!]| ?$)',
  '(?:well |way |far |miles )?(?:over|above|beyond|out of|outside) (?:what we|our|my|the) (?:can |could )?(?:afford|price range|league|means|reach|budget(?= ,? ?so no))|can not afford (?:it|this|that)|(?:is|are|looks?|feels?) (?:off|wrong|cramped|ugly|terrible|awful|dated|cheap|a mess|a let ?down|lifeless|horrible|dreadful|ghastly|hideous)(?= ?[,.!]| ?$| and)|dreadful|horrible|ghastly|hideous|rubbish|let ?down|nope',
];

const NAMED = '(?:balanced|conservative|aggressive)';
const OPTION =
  '(?:scenarios?|options?|versions?|packages?|proposals?|layouts?|alternatives?|quotes?|plans?|tiers?)';

/** Together with a name of what is compared. */
export const COMPARE_FORMS: readonly string[] = [
  `(?:rank|contrast|weigh(?: up)?|line up|lay out|stack|put|show|list|set|see|place|pit|match|score|order|sort|have|give me|get) (?:[a-z0-9]+ ){0,7}(?:against|next to|beside|alongside|side by side|in a table|by (?:cost|price|carbon|lead time|quality|value|total|speed)|up(?: for me| for us)?(?= ?[,.!?]| ?$))`,
  `(?:rank|contrast|weigh|line up|stack up|juxtapose|benchmark|compare|comparing|evaluate) (?:[a-z0-9]+ ){0,4}(?:${OPTION}|${NAMED}|them|all|both)`,
  `how (?:different|similar|alike|comparable|close) (?:are|is)|comparison|compare|head to head|how far apart|what (?:separates|sets|distinguishes)|apart from each other`,
  `(?:what|how much)(?: [a-z]+){0,2} (?:do|would|will|could|can|does|is|are) (?:[a-z]+ ){0,2}(?:gain|lose|get|give up|miss|save|sacrifice|differs?|different|pay|paying|change|changes|extra|more|less) (?:.{0,60})(?:${OPTION}|${NAMED})`,
  `${NAMED}(?: [a-z]+){0,4} (?:worth|better|cheaper|greener|faster|safer|nicer|dearer|pricier)|(?:worth|justify|justified) (?:.{0,40})(?:over|than|versus|instead of) (?:.{0,20})(?:${OPTION}|${NAMED})`,
  `(?:extra|more|less|gain|lose) (?:.{0,50})(?:${NAMED})`,
  `(?:first|second|third|middle|last|cheaper|dearer|other|[a-c1-3]) (?:option|one|scenario|version|package).{0,40}than (?:the )?(?:first|second|third|middle|last|cheaper|other|option|scenario|[a-c1-3])|which (?:one )?(?:is|would be|looks|do you find) (?:the )?[a-z]+ ,? ?(?:[a-z0-9] or [a-z0-9]|the first or|option|scenario)|pros and cons|(?:cheapest|priciest|dearest|greenest|fastest|quickest|best(?! (?:guess|shot|effort|attempt|take|idea|advice|try))|worst|lowest|highest|shortest|longest|smallest|biggest|strongest|most [a-z]+|least [a-z]+) (?:of (?:the|these|those|them|all)|[a-z ]{0,20}${OPTION})`,
];

/** A sentence that begins so asks, whatever its mark. */
export const ASK_STARTS: readonly string[] = [
  '(?:give|send|show|tell) (?:me|us) (?:the |a |an |some |your )?(?:full |short |quick |brief )?(?:reason(?:s|ing)?|rationale|logic|thinking|explanation|bottom line|details|breakdown|facts|numbers|figures|history) ?(?:behind|for|of|on|about)?',
  '(?:it is |it is still |still )?not (?:quite |really |very )?(?:clear|obvious)(?: to (?:me|us))? (?:why|how|what|where|which|when|if|whether)',
  '(?:please |can you |could you )?(?:revert|confirm|clarify|update (?:me|us)|get back to (?:me|us)|come back to (?:me|us)|inform (?:me|us)|brief (?:me|us)|advise(?= (?:me |us )?(?:on |about )?(?:the |your )?(?:lead|delivery|price|pricing|warranty|status|timeline|availability|cost)))(?: (?:me|us))? (?:on|about|with|regarding|whether|if|what|how|when|which|why|the (?:lead|price|warranty|delivery|availability|timeline|status))?',
  'since when|what about|why|what is the (?:reason|story|deal|status)',
  'tell (?:me|us) (?:a bit |a little |something )?(?:more )?(?:about|what|how|why|which|when|where|who|if|whether)',
  '(?:please )?(?:can you |could you |would you )?(?:explain|clarify|elaborate|walk (?:me|us) through|talk (?:me|us) through|run (?:me|us) through|take (?:me|us) through|remind (?:me|us) (?:what|how|which|when|where|who|why|if|of|about)|help (?:me|us) understand)',
  '(?:i|we) (?:do not|can not|am not sure i|do not quite|am not able to|am struggling to) (?:really |quite |fully )?(?:understand|see|get|follow|figure out|know) (?:why|how|what|where|which|when|the)',
  "(?:i|we) (?:would|should|'d) (?:like|love|want) (?:to (?:know|understand|hear|learn|find out)|an explanation|more (?:info|information|detail|details) (?:on|about))",
  '(?:i|we) (?:am|are|would be|was|were) (?:interested (?:in|to) (?:know|hear|learn|understand|find)\\w*|trying to (?:understand|figure|work)|keen to (?:know|hear|learn)|looking (?:to understand|for information))',
  '(?:can|could|would|will) you (?:please |just |quickly )?(?:go (?:over|through|into)|tell|say|explain|show (?:me|us) (?:why|how|where)|remind|describe|outline|summari[sz]e|break down|spell out) ?(?:why|how|what|me|us|where|when|which|the)?',
  'how come|(?:how|what) about (?:the )?[a-z]+ ?\\?|what does|(?:i|we) (?:do not|can not) (?:know|tell) (?:what|how|why|which)',
  '(?:i|we) (?:want|need|have) (?:to (?:know|understand|ask)|a (?:quick |small |general |follow up )?question|some questions|more (?:info|information|detail|details) (?:on|about))',
  '(?:a |another |1 |quick |just a |follow up )*question(?: (?:about|on|for|regarding)| ?:)',
  '(?:not sure|unsure|unclear|confused) (?:i (?:follow|understand|see|get) )?(?:about )?(?:how|why|what|where|which)',
  '(?:i am |we are |am |just |was |i was )*(?:curious|wondering|interested to know|asking myself)',
  '(?:please )?let (?:me|us) know (?:if|whether|what|how|which|when|where|who|about the)',
  '(?:do|would) you (?:happen to )?know|any (?:idea|clue|word|news|update) (?:when|what|how|if|whether|why|where|on|about)|whereabouts',
];

/** Talk beside the matter: thanks, pauses, promises, wrong windows. */
export const ASIDE_FORMS: readonly string[] = [
  '(?:i|we|he|she|they) (?:will|would|shall|can|have to|need to|am going to|are going to|must|should|better|had better) (?:just |also |quickly |then )?(?:send|share|get back|come back|check|think|ask|follow up|let you know|call|e ?mail|forward|upload|dig (?:it|them|that) (?:out|up)|confirm (?:later|tomorrow|with)|sleep on|talk (?:to|with)|speak (?:to|with)|discuss|run (?:it|this) (?:by|past)|circle back|ping|reply|revert|update you|look into|mull|look (?:it|that|them) up|find out|be (?:back|in touch|right back)|step (?:out|away)|have a think)',
  'let (?:me|us) (?:just |first |quickly )?(?:check|think|ask|see with|talk|get back|sleep|discuss|confirm with|run (?:it|this) (?:by|past)|look into|find out|mull|have a think)',
  '(?:see|find|please find|please see) (?:the )?(?:attached|attachment|enclosed|below)|attached (?:is|are|you will find)|(?:file|files|plan|drawing) (?:is |are )?attached',
  '(?:wrong|different) (?:window|chat|thread|person|number|recipient|conversation|tab)|meant for (?:someone|somebody|another)|(?:was|is) just (?:a )?test(?:ing)?|^ ?test(?:ing)?(?: message)?(?= ?[.!]| ?$)|ignore my (?:typing|cat|kid|phone)',
  '(?:one|1|just a|give me a|hang on a?|hold on a?|wait a|hold) (?:sec|second|moment|minute|min|mo|tick)|hang on|hold on|bear with me|brb|(?:be )?right back|back (?:now|in a|soon)|on (?:another|a) call|in a meeting|running late|out of office|on vacation|on holiday|on leave',
  '(?:have|enjoy) (?:a |an |your |the )(?:[a-z]+ )?(?:weekend|day|evening|trip|holiday|holidays|one|break|lunch)|(?:speak|talk|chat|see you|catch up|catch you|until|till) (?:soon|later|tomorrow|then|next|on|monday|tuesday|wednesday|thursday|friday)|good ?(?:bye|night)|take care|bye|cheers|ta|happy (?:friday|monday|holidays|new year|birthday)|you are welcome|no (?:worries|problem|rush)|all the best|best wishes',
];

export const GREETING_FORMS: readonly string[] = [
  '(?:good|nice|lovely|pleased|great|glad|happy) to (?:meet|e meet|be|see|hear|have|connect)(?: (?:you|back|here|from you|with you|all|again))*',
  'long time no see|how are (?:you|things|we)(?: (?:doing|keeping|getting on|today|all))*|how is (?:it going|everything|life|your (?:day|week|morning))|how do you do|(?:you|everyone|all) (?:well|ok|alright)|what is (?:up|new)|greetings|yo|hiya|howdy|g day|ahoy|hola|bonjour|salutations',
  'heya|welcome back|thanks? (?:you )?for (?:having|inviting|adding) (?:me|us)|good to go again|hello hello|hey hey',
  '(?:i |we )?(?:hope|trust) (?:you|all|everything|this|your) [a-z ]*',
  'is (?:this|that|there) (?:the |an? )?(?:[a-z]+ ){0,2}(?:assistant|bot|help ?desk|team|chat|anyone|anybody|someone|person|human)(?: (?:there|here|around|on))*|(?:anyone|anybody|someone) (?:there|here|around|home)|are you (?:there|around|a (?:bot|human|person|robot))',
];

/** Who greets; says nothing without a greeting before it. */
export const INTRODUCTIONS: readonly string[] = [
  '(?:i am|this is|it is|my name is|name is|you can call me|i go by) (?:[a-z]+ ){1,6}(?:(?:from|at|of|with|over at|here at) (?:[a-z]+ ?){1,4})?',
  '(?:this is|it is) my first (?:time|chat|day|message)(?: [a-z]+){0,4}|new here|i am new(?: here| to this)?|just (?:joining|joined|signed up|signing up|getting started)|first time here',
];
