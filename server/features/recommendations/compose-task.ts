// Runs inside a worker thread: the whole proposal, from needs to money.
import { composeProposal, type Proposal, type ProposalInput } from '../../../engine/proposal/compose.ts';

export async function compose(input: ProposalInput): Promise<Proposal> {
  return await composeProposal(input);
}
