import { Select, SimpleGrid, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { utmTemplatesQuery } from '../../api/links.ts';
import type { CampaignLink, UtmTags } from '../../api/types/links.ts';
import { Panel } from '../../elements/Panel.tsx';
import { useMay, useSession } from '../../session/use-session.ts';
import { KeepTemplate } from './KeepTemplate.tsx';
import { useLinkTags } from './use-link-tags.ts';

const fields: { name: keyof UtmTags; label: string; description: string }[] = [
  { name: 'utm_source', label: 'Source', description: 'Where it stands: instagram' },
  { name: 'utm_medium', label: 'Medium', description: 'What kind of place that is: social' },
  { name: 'utm_content', label: 'Content', description: 'Which of several: blue-dress' },
  { name: 'utm_term', label: 'Term', description: 'The keyword of an ad' },
];

/** What the link says beside its campaign: as a template has it, or said otherwise here. */
export function LinkTagFields({ link }: { link: CampaignLink | undefined }) {
  const { tags, change } = useLinkTags();
  const mayWrite = useMay('campaigns:write');
  // Templates are the whole shop's.
  const seesTemplates = useSession().scope.kind === 'all';
  const templates = useQuery({ ...utmTemplatesQuery, enabled: seesTemplates });
  return (
    <Panel
      title="What it says"
      note="An empty field is filled by itself. {platform}, {type}, {name} and {code} stand for those of the campaign."
      actions={mayWrite && seesTemplates && <KeepTemplate tags={tags} />}
    >
      <SimpleGrid cols={{ base: 1, xs: 2, lg: templates.data?.length ? 5 : 4 }}>
        {templates.data !== undefined && templates.data.length > 0 && (
          <Select
            label="Template"
            placeholder="None"
            clearable
            data={templates.data.map(({ id, name }) => ({ value: id, label: name }))}
            value={tags.utm_template_id ?? null}
            onChange={(id) => change({ utm_template_id: id ?? undefined })}
          />
        )}
        {fields.map((field) => (
          <TagField
            key={field.name}
            {...field}
            value={tags[field.name] ?? ''}
            filledIn={link?.utm[field.name]}
            onChange={(value) => change({ [field.name]: value || undefined })}
          />
        ))}
      </SimpleGrid>
    </Panel>
  );
}

type TagFieldProps = {
  name: string;
  label: string;
  description: string;
  value: string;
  /** What stands in the link while the field is empty. */
  filledIn: string | undefined;
  onChange: (value: string) => void;
};

/** Typing shows at once; the link follows when the hand rests. */
function TagField({ name, label, description, value, filledIn, onChange }: TagFieldProps) {
  const [typed, setTyped] = useState(value);
  const settle = useDebouncedCallback(onChange, 250);
  return (
    <TextInput
      name={name}
      label={label}
      description={description}
      placeholder={filledIn}
      maxLength={200}
      value={typed}
      onChange={({ currentTarget }) => {
        setTyped(currentTarget.value);
        settle(currentTarget.value.trim());
      }}
    />
  );
}
