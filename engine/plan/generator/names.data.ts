// Fictional room names for generated offices, by space type.
import type { SpaceType } from '../../../contract/plan.ts';

export const GENERATED_NAMES: Partial<Record<SpaceType, readonly string[]>> = {
  private_office: ['OFFICE', 'PRIVATE OFFICE', 'DIRECTOR', 'MANAGER', 'EXEC OFFICE'],
  meeting_room: ['CONFERENCE RM', 'MEETING RM', 'BOARD ROOM', 'HUDDLE', 'TRAINING RM'],
  open_office: ['OPEN OFFICE', 'WORKSTATIONS', 'OPEN WORKSPACE'],
  breakroom: ['BREAK ROOM', 'PANTRY', 'CAFE'],
  storage: ['STORAGE', 'COPY RM', 'FILES', 'SUPPLY'],
  mechanical: ['ELEC RM', 'MECH RM', 'IDF', 'SERVER RM'],
  restroom: ['MENS RR', 'WOMENS RR', 'RESTROOM'],
  stair: ['STAIR'],
  elevator: ['ELEV'],
  corridor: ['CORRIDOR'],
  reception: ['RECEPTION'],
  lobby: ['LOBBY', 'ENTRY'],
  phone_booth: ['PHONE RM', 'FOCUS RM'],
};
