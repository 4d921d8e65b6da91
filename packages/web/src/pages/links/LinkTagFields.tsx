import { Group, Select, SimpleGrid, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { utmTemplatesQuery } from '../../api/links.ts';
import type { CampaignLink } from '../../api/types/links.ts';
import { Panel } from '../../elements/Panel.tsx';
import { useMay, useSession } from '../../session/use-session.ts';
import { ChangeTemplate } from './ChangeTemplate.tsx';
import { KeepTemplate } from './KeepTemplate.tsx';
import { tagFields } from './tag-fields.ts';
import { useLinkTags } from './use-link-tags.ts';

/** What the link says beside its campaign: as a template has it, or said otherwise here. */
export function LinkTagFields({ link }: { link: CampaignLink | undefined }) {
  const { tags, change } = useLinkTags();
  const mayWrite = useMay('campaigns:write');
  // Templates are the whole shop's.
  const seesTemplates = useSession().scope.kind === 'all';
  const templates = useQuery({ ...utmTemplatesQuery, enabled: seesTemplates });
  const chosen = templates.data?.find(({ id }) => id === tags.utm_template_id);
  return (
    <Panel
      title="What it says"
      note="An empty field is filled by itself. {platform}, {type}, {name} and {code} stand for those of the campaign."
      actions={
        mayWrite &&
        seesTemplates && (
          <Group gap="xs">
            {chosen !== undefined && <ChangeTemplate key={chosen.id} template={chosen} />}
            <KeepTemplate tags={tags} />
          </Group>
        )
      }
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
        {tagFields.map((field) => (
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
