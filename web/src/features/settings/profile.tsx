// Who you are to the people you work with, and how figures and colours are shown to you.
import type { FormEvent, ReactNode } from 'react';
import { type UpdateMeRequest, USER_TYPES } from '../../../../contract/accounts.ts';
import { useMe, useUpdateMe } from '../../api/accounts.ts';
import { fieldError } from '../../api/problem.ts';
import { useSettings } from '../../app/settings.ts';
import { Button } from '../../ui/button.tsx';
import { Field, Input, Segmented, Select } from '../../ui/field.tsx';
import { toast, toastProblem } from '../../ui/toast.tsx';
import { humanize } from '../../ui/units.ts';

export default function ProfilePage() {
  const { user } = useMe();
  const settings = useSettings();
  const update = useUpdateMe();
  const save = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const text = (name: string) => String(form.get(name) ?? '').trim();
    const body: UpdateMeRequest = {
      first_name: text('first_name'),
      last_name: text('last_name'),
      user_type: text('user_type') as UpdateMeRequest['user_type'] & string,
      company: text('company') || null,
      title: text('title') || null,
      phone: text('phone') || null,
    };
    update.mutate(body, {
      onSuccess: () => toast('Your profile is saved.'),
      onError: toastProblem('Your profile was not saved'),
    });
  };
  return (
    <>
      <form onSubmit={save} className="grid max-w-160 gap-4 sm:grid-cols-2">
        <Field label="First name" error={fieldError(update.error, 'first_name')}>
          <Input
            name="first_name"
            required
            maxLength={100}
            autoComplete="given-name"
            defaultValue={user.first_name ?? ''}
          />
        </Field>
        <Field label="Last name" error={fieldError(update.error, 'last_name')}>
          <Input
            name="last_name"
            required
            maxLength={100}
            autoComplete="family-name"
            defaultValue={user.last_name ?? ''}
          />
        </Field>
        <Field label="You work as" error={fieldError(update.error, 'user_type')}>
          <Select name="user_type" defaultValue={user.user_type}>
            {USER_TYPES.map((type) => (
              <option key={type} value={type}>
                {humanize(type)}
              </option>
            ))}
          </Select>
        </Field>
        <Field label="Title" optional error={fieldError(update.error, 'title')}>
          <Input
            name="title"
            maxLength={100}
            autoComplete="organization-title"
            defaultValue={user.title ?? ''}
          />
        </Field>
        <Field label="Company" optional error={fieldError(update.error, 'company')}>
          <Input
            name="company"
            maxLength={255}
            autoComplete="organization"
            defaultValue={user.company ?? ''}
          />
        </Field>
        <Field label="Phone" optional error={fieldError(update.error, 'phone')}>
          <Input name="phone" type="tel" maxLength={20} autoComplete="tel" defaultValue={user.phone ?? ''} />
        </Field>
        <div className="sm:col-span-2">
          <Button type="submit" variant="primary" busy={update.isPending}>
            Save
          </Button>
        </div>
      </form>
      <div className="grid max-w-160 gap-4 border-t border-hairline pt-6 sm:grid-cols-2">
        <Choice label="Colours">
          <Segmented
            label="Theme"
            value={settings.theme}
            onChange={settings.setTheme}
            options={[
              { value: 'system', label: 'System' },
              { value: 'light', label: 'Light' },
              { value: 'dark', label: 'Dark' },
            ]}
          />
        </Choice>
        <Choice label="Lengths and areas">
          <Segmented
            label="Units"
            value={settings.units}
            onChange={settings.setUnits}
            options={[
              { value: 'imperial', label: 'Feet' },
              { value: 'metric', label: 'Metres' },
            ]}
          />
        </Choice>
      </div>
    </>
  );
}

/** A radio group with its heading where a reader sees it; to screen readers the group has its own name. */
function Choice({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="flex flex-col gap-1.5">
      <span aria-hidden="true" className="text-sm font-medium">
        {label}
      </span>
      {children}
    </div>
  );
}
