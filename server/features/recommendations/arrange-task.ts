// Runs inside a worker thread: rooms furnished anew.
import { type ArrangedRoom, arrangeRooms, type RoomToArrange } from '../../../engine/proposal/arrange.ts';

export function arrange(input: RoomToArrange[]): ArrangedRoom[] {
  return arrangeRooms(input);
}
