import { type Outcome, settle } from '../../../core/outcome';

/** The same question of several items is asked once. Questions are told apart by their JSON. */
export function askedOnce<Question, Answer>(
  ask: (question: Question) => Promise<Answer>,
): (question: Question) => Promise<Outcome<Answer>> {
  const answers = new Map<string, Promise<Outcome<Answer>>>();
  return (question) => {
    const text = JSON.stringify(question);
    const answer = answers.get(text) ?? settle(() => ask(question));
    answers.set(text, answer);
    return answer;
  };
}
