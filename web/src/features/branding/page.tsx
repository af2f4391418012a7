// Branding: logo, colours, foot line and paper of an organization's files, with a page of a proposal beside them.
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useRef, useState } from 'react';
import type { OrganizationBranding } from '../../../../contract/branding.ts';
import { brandingQuery, useSaveBranding } from '../../api/branding.ts';
import { fieldError } from '../../api/problem.ts';
import { Button } from '../../ui/button.tsx';
import { Field, Input, Select } from '../../ui/field.tsx';
import { EmptyState, ErrorState, SkeletonLines } from '../../ui/states.tsx';
import { toast, toastProblem } from '../../ui/toast.tsx';
import { type Membership, useOrganization } from '../settings/organization.tsx';
import { CoverPreview, isReadable } from './preview.tsx';

const DEFAULT_COLOR = '#1f4e5f';

export default function BrandingPage() {
  const organization = useOrganization();
  if (organization === null) return <EmptyState title="You belong to no organization yet" />;
  return <Loaded key={organization.organization_id} organization={organization} />;
}

function Loaded({ organization }: { organization: Membership }) {
  const branding = useQuery(brandingQuery(organization.organization_id));
  if (branding.isPending) return <SkeletonLines lines={6} />;
  if (branding.isError)
    return (
      <ErrorState
        title="The branding could not be loaded"
        error={branding.error}
        onRetry={() => void branding.refetch()}
      />
    );
  return <Form organization={organization} stored={branding.data} />;
}

function Form({ organization, stored }: { organization: Membership; stored: OrganizationBranding }) {
  const { save, logo, withoutLogo } = useSaveBranding(organization.organization_id);
  const [draft, setDraft] = useState({
    primary_color: stored.primary_color ?? DEFAULT_COLOR,
    accent_color: stored.accent_color ?? stored.primary_color ?? DEFAULT_COLOR,
    footer_line: stored.footer_line ?? '',
    paper: stored.paper ?? '',
  });
  const set = (change: Partial<typeof draft>) => setDraft({ ...draft, ...change });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate(
      {
        primary_color: draft.primary_color,
        accent_color: draft.accent_color,
        footer_line: draft.footer_line.trim() || null,
        paper: draft.paper === '' ? null : (draft.paper as 'A4' | 'Letter'),
      },
      {
        onSuccess: () => toast('The branding is saved; files made from now on have it.'),
        onError: toastProblem('The branding was not saved'),
      },
    );
  };
  return (
    <div className="grid gap-8 lg:grid-cols-[minmax(0,1fr)_16rem]">
      <form onSubmit={submit} className="flex max-w-120 flex-col gap-5">
        <Logo
          stored={stored}
          busy={logo.isPending || withoutLogo.isPending}
          onFile={(file) => logo.mutate(file, { onError: toastProblem('The logo was not taken') })}
          onRemove={() =>
            withoutLogo.mutate(undefined, { onError: toastProblem('The logo was not removed') })
          }
        />
        <div className="grid gap-4 sm:grid-cols-2">
          <ColorField
            label="Main colour"
            hint={
              isReadable(draft.primary_color)
                ? 'Headings and rules'
                : 'Too light to be read on white; a dark blue is used instead'
            }
            error={fieldError(save.error, 'primary_color')}
            value={draft.primary_color}
            onChange={(primary_color) => set({ primary_color })}
          />
          <ColorField
            label="Second colour"
            hint="The bar on the cover, heads of workbooks"
            error={fieldError(save.error, 'accent_color')}
            value={draft.accent_color}
            onChange={(accent_color) => set({ accent_color })}
          />
        </div>
        <Field
          label="Line at the foot of every page"
          optional
          hint="Address, register number, a sentence"
          error={fieldError(save.error, 'footer_line')}
        >
          <Input
            value={draft.footer_line}
            maxLength={200}
            onChange={(event) => set({ footer_line: event.target.value })}
          />
        </Field>
        <Field label="Paper" hint="Where a file is asked for without saying which">
          <Select value={draft.paper} onChange={(event) => set({ paper: event.target.value as '' })}>
            <option value="">Letter</option>
            <option value="A4">A4</option>
          </Select>
        </Field>
        <div>
          <Button type="submit" variant="primary" busy={save.isPending}>
            Save
          </Button>
        </div>
      </form>
      <CoverPreview
        name={organization.name}
        logo={stored.logo}
        primary={isReadable(draft.primary_color) ? draft.primary_color : DEFAULT_COLOR}
        accent={draft.accent_color}
        footer={draft.footer_line.trim() || organization.name}
        paper={draft.paper === 'A4' ? 'A4' : 'Letter'}
      />
    </div>
  );
}

interface LogoProps {
  stored: OrganizationBranding;
  busy: boolean;
  onFile: (file: File) => void;
  onRemove: () => void;
}

function Logo({ stored, busy, onFile, onRemove }: LogoProps) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <div className="flex flex-col gap-1.5">
      <span className="text-sm font-medium">Logo</span>
      <div className="flex flex-wrap items-center gap-3">
        {stored.logo === null ? null : (
          <img
            src={stored.logo}
            alt="Logo in use"
            className="h-12 max-w-40 rounded-md border border-hairline bg-[#ffffff] object-contain p-1"
          />
        )}
        <input
          ref={input}
          type="file"
          accept="image/png,image/jpeg"
          aria-label="Logo file"
          className="sr-only"
          tabIndex={-1}
          onChange={(event) => {
            const file = event.target.files?.[0];
            if (file) onFile(file);
            event.target.value = '';
          }}
        />
        <Button busy={busy} onClick={() => input.current?.click()}>
          {stored.logo === null ? 'Choose a logo' : 'Choose another'}
        </Button>
        {stored.logo === null ? null : (
          <Button variant="quiet" disabled={busy} onClick={onRemove}>
            Remove
          </Button>
        )}
      </div>
      <p className="text-xs text-ink-3">PNG or JPEG up to 5 MB, best about 900 pixels wide.</p>
    </div>
  );
}

interface ColorProps {
  label: string;
  hint: string;
  error: string | undefined;
  value: string;
  onChange: (value: string) => void;
}

function ColorField({ label, hint, error, value, onChange }: ColorProps) {
  return (
    <Field label={label} hint={hint} error={error}>
      <Input
        type="color"
        value={value}
        onChange={(event) => onChange(event.target.value)}
        className="h-9 max-w-24 cursor-pointer p-1"
      />
    </Field>
  );
}
