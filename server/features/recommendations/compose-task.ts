// Runs inside a worker thread: the whole proposal, from needs to money, and what it offers for each line.
import type { Impression } from '../../../contract/learning.ts';
import { impressionsOf } from '../../../engine/learning/impressions.ts';
import { composeProposal, type Proposal, type ProposalInput } from '../../../engine/proposal/compose.ts';

export interface ComposedProposal {
  proposal: Proposal;
  /** What readers are offered, with features as they are now. */
  offers: Impression[];
  /** Time of scoring every candidate of every line once. */
  scored_ms: number;
}

export async function compose(input: ProposalInput): Promise<ComposedProposal> {
  const proposal = await composeProposal(input);
  const begun = performance.now();
  const offers = impressionsOf(
    { ...input, needs: proposal.needs, limits: proposal.limits },
    proposal.scenarios.map(({ scenario }) => scenario),
  );
  return { proposal, offers, scored_ms: Math.round(performance.now() - begun) };
}
