// The switch over the drawing: plan, or the furnished floor in three dimensions.
import { Segmented } from '../../ui/field.tsx';
import { useShown3d } from './address.ts';

export function PlanOr3d({ className }: { className?: string | undefined }) {
  const { shown, show } = useShown3d();
  return (
    <Segmented
      label="Show the floor as"
      value={shown ? '3d' : 'plan'}
      options={[
        { value: 'plan', label: 'Plan' },
        { value: '3d', label: '3D' },
      ]}
      onChange={(value) => show(value === '3d')}
      className={className}
    />
  );
}
