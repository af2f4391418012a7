// What can be done to several rooms at once.
import type { SpaceType } from '../../../../contract/plan.ts';
import { SPACE_TYPE_LABELS } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Select } from '../../ui/field.tsx';
import { useUnits } from '../../ui/figures.tsx';
import { Kbd } from '../../ui/kbd.tsx';
import { formatArea, formatCount } from '../../ui/units.ts';
import type { RoomActions } from '../plan/actions.ts';
import type { PlanStage } from '../plan/stage.tsx';

export function SeveralRooms({ stage, actions }: { stage: PlanStage; actions: RoomActions }) {
  const units = useUnits();
  const { chosen } = stage;
  if (chosen.length < 2 || !stage.may_edit) return null;
  const area = chosen.reduce<number | null>(
    (sum, space) => (sum === null || space.area_sqft === null ? null : sum + space.area_sqft),
    0,
  );
  const types = new Set(chosen.map((space) => space.type));
  const same = types.size === 1 ? (chosen[0]?.type ?? '') : '';
  return (
    <section
      aria-label="Rooms chosen"
      className="flex flex-wrap items-center gap-2 border-b border-hairline bg-accent-wash px-5 py-2 text-sm"
    >
      <p className="mr-auto font-medium">
        {formatCount(chosen.length)} rooms, {formatArea(area, units)}
      </p>
      <Select
        aria-label="Type of the chosen rooms"
        controlSize="sm"
        value={same}
        onChange={(event) => actions.describe(chosen, { type: event.target.value as SpaceType })}
      >
        {same === '' ? (
          <option value="" disabled>
            Set type
          </option>
        ) : null}
        {(Object.keys(SPACE_TYPE_LABELS) as SpaceType[]).map((type) => (
          <option key={type} value={type}>
            {SPACE_TYPE_LABELS[type]}
          </option>
        ))}
      </Select>
      <Button size="sm" onClick={() => actions.merge(chosen)}>
        Merge <Kbd>M</Kbd>
      </Button>
      <Button size="sm" variant="danger" onClick={() => actions.remove(chosen)}>
        Delete
      </Button>
    </section>
  );
}
