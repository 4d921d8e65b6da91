import { useMemo } from 'react';
import { type Question, useQuestion } from '../question/use-question.ts';
import { useInstallation } from '../session/use-installation.ts';
import { useUrlState } from '../url-state.ts';

/** What reports of mailings are asked: without a model, revenue is what sources claim. */
export type EmailQuestion = Question & { claimed: boolean };

/** The question that the address asks of mailings. Only a model that adds up over campaigns can answer it. */
export function useEmailQuestion(): EmailQuestion {
  const question = useQuestion();
  const [{ model }] = useUrlState();
  const { models } = useInstallation();
  return useMemo(() => {
    const asked = models.find((each) => each.model === model && each.status === 'published');
    return { ...question, additive: true, claimed: asked === undefined || !asked.additive };
  }, [question, model, models]);
}
