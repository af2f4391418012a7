// The same plan for those who hear it: a table of its rooms, in reading order.
import { memo } from 'react';
import { SPACE_TYPE_LABELS } from '../../ui/badge.tsx';
import { formatArea, formatPercent, type Units } from '../../ui/units.ts';
import type { SceneRoom } from '../model/scene.ts';

export const RoomTable = memo(function RoomTable({
  rooms,
  units,
}: {
  rooms: readonly SceneRoom[];
  units: Units;
}) {
  return (
    <table className="sr-only">
      <caption>Rooms of this floor</caption>
      <thead>
        <tr>
          <th scope="col">Number</th>
          <th scope="col">Name</th>
          <th scope="col">Type</th>
          <th scope="col">Area</th>
          <th scope="col">Confidence</th>
        </tr>
      </thead>
      <tbody>
        {rooms.map((room) => (
          <tr key={room.id}>
            <td>{room.number ?? ''}</td>
            <th scope="row">{room.name ?? 'no name'}</th>
            <td>{SPACE_TYPE_LABELS[room.type]}</td>
            <td>{formatArea(room.area_sqft, units)}</td>
            <td>{room.confidence === null ? 'by hand' : formatPercent(room.confidence * 100)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
});
