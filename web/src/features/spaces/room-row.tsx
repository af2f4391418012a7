// One room of the list; opened, it says what was measured and what was doubtful.
import type { Space } from '../../../../contract/floorplans.ts';
import type { SpaceCharacteristics, SpaceType } from '../../../../contract/plan.ts';
import type { SpaceChange } from '../../api/floor-plans.ts';
import { wasLookedAt } from '../../plan-editor/model/review.ts';
import { RoomSwatch, SPACE_TYPE_LABELS } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { cx } from '../../ui/cx.ts';
import { EditableText } from '../../ui/editable.tsx';
import { Select } from '../../ui/field.tsx';
import { Area, Length } from '../../ui/figures.tsx';
import { ShareBar } from '../../ui/states.tsx';
import { toast } from '../../ui/toast.tsx';
import { formatCount, UNKNOWN } from '../../ui/units.ts';
import { CommentButton } from '../comments/comment-button.tsx';

export interface RoomRowProps {
  space: Space;
  selected: boolean;
  mayEdit: boolean;
  /** One of several chosen. */
  chosen: boolean;
  /** `also`: with Shift or Ctrl held. */
  onSelect: (also: boolean) => void;
  onConfirm: () => void;
  onChange: (change: SpaceChange) => void;
}

export function RoomRow(props: RoomRowProps) {
  const { space, selected, chosen, onSelect } = props;
  const title = [space.number, space.name].filter(Boolean).join(' ') || 'Room without a name';
  return (
    <div
      className={cx(
        'border-b border-hairline',
        selected || chosen ? 'shadow-[inset_3px_0_0_var(--accent)]' : 'hover:bg-hover',
        chosen && 'bg-accent-wash',
      )}
    >
      <div className="grid grid-cols-[minmax(0,1fr)_auto_auto_auto] items-center gap-x-3 pr-2">
        <button
          type="button"
          aria-expanded={selected}
          onClick={(event) => onSelect(event.shiftKey || event.ctrlKey || event.metaKey)}
          className="flex min-h-12 min-w-0 items-center gap-2.5 py-1.5 pl-5 text-left outline-offset-[-2px]"
        >
          <RoomSwatch type={space.type} />
          <span className="min-w-0">
            <span className="block truncate text-sm font-medium max-xs:whitespace-normal max-xs:break-words">
              {title}
            </span>
            <span className="block truncate text-xs text-ink-3">
              {SPACE_TYPE_LABELS[space.type]}
              <span className="xs:hidden">
                , <Area sqft={space.area_sqft} />
              </span>
            </span>
          </span>
        </button>
        <span className="text-right text-sm max-xs:hidden">
          <Area sqft={space.area_sqft} />
        </span>
        <span className="flex w-21 justify-end max-xs:w-auto max-xs:[&_[aria-hidden]]:hidden">
          {wasLookedAt(space) ? (
            <span className="text-xs text-good">
              {space.detection_confidence === null ? 'by hand' : 'checked'}
            </span>
          ) : (
            <ShareBar value={space.detection_confidence} label="Confidence" />
          )}
        </span>
        <CommentButton topic={{ type: 'space', id: space.id, label: title }} />
      </div>
      {selected && !chosen ? <Details {...props} /> : null}
    </div>
  );
}

function Details({ space, mayEdit, onChange, onConfirm }: RoomRowProps) {
  const facts = space.characteristics as Partial<SpaceCharacteristics>;
  const doubts = facts.doubts ?? [];
  const size = space.dimensions;
  return (
    <div className="px-5 pb-4 pl-10 text-sm">
      <dl className="grid grid-cols-[7rem_minmax(0,1fr)] items-center gap-y-1">
        <Row label="Name">
          {mayEdit ? (
            <EditableText
              label="Name"
              value={space.name ?? ''}
              placeholder="Add a name"
              maxLength={255}
              mayBeEmpty
              onSave={(name) => onChange({ name: name === '' ? null : name })}
            />
          ) : (
            (space.name ?? UNKNOWN)
          )}
        </Row>
        <Row label="Number">
          {mayEdit ? (
            <EditableText
              label="Number"
              value={space.number ?? ''}
              placeholder="Add a number"
              maxLength={50}
              mayBeEmpty
              onSave={(number) => onChange({ number: number === '' ? null : number })}
            />
          ) : (
            (space.number ?? UNKNOWN)
          )}
        </Row>
        <Row label="Type">
          {mayEdit ? (
            <Select
              aria-label="Type of the room"
              controlSize="sm"
              value={space.type}
              onChange={(event) => onChange({ type: event.target.value as SpaceType })}
            >
              {(Object.keys(SPACE_TYPE_LABELS) as SpaceType[]).map((type) => (
                <option key={type} value={type}>
                  {SPACE_TYPE_LABELS[type]}
                </option>
              ))}
            </Select>
          ) : (
            SPACE_TYPE_LABELS[space.type]
          )}
        </Row>
        <Row label="Size">
          {size ? (
            <>
              <Length feet={size.width_ft} /> × <Length feet={size.length_ft} />
            </>
          ) : (
            UNKNOWN
          )}
        </Row>
        <Row label="Seats">
          {mayEdit ? (
            <EditableText
              label="Seats"
              value={space.suggested_capacity === null ? '' : String(space.suggested_capacity)}
              placeholder="Add a number"
              maxLength={5}
              mayBeEmpty
              onSave={(text) => {
                if (/^\d*$/.test(text)) onChange({ suggested_capacity: text === '' ? null : Number(text) });
                else toast('Give the seats as a whole number, for instance 6.', { tone: 'bad' });
              }}
            />
          ) : (
            capacity(space.suggested_capacity)
          )}
        </Row>
        <Row label="Openings">
          {formatCount(facts.doors ?? 0)} {facts.doors === 1 ? 'door' : 'doors'},{' '}
          {formatCount(facts.windows ?? 0)} {facts.windows === 1 ? 'window' : 'windows'}
        </Row>
        {facts.natural_light ? <Row label="Daylight">{facts.natural_light}</Row> : null}
      </dl>
      {doubts.length > 0 && !wasLookedAt(space) ? (
        <div className="mt-3 rounded-md bg-warn-wash p-3">
          <ul className="list-disc pl-4 text-ink marker:text-warn">
            {doubts.map((doubt) => (
              <li key={doubt}>{doubt}</li>
            ))}
          </ul>
        </div>
      ) : null}
      {mayEdit && !wasLookedAt(space) ? (
        <Button size="sm" className="mt-3" onClick={onConfirm}>
          Looks right
        </Button>
      ) : null}
    </div>
  );
}

function Row({ label, children }: { label: string; children: React.ReactNode }) {
  return (
    <>
      <dt className="text-ink-3">{label}</dt>
      <dd className="flex min-h-7 min-w-0 items-center gap-1">{children}</dd>
    </>
  );
}

function capacity(people: number | null): string {
  if (people === null) return UNKNOWN;
  if (people === 0) return 'none';
  return people === 1 ? '1 person' : `${formatCount(people)} people`;
}
