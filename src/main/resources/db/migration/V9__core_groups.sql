-- What each core group said of each action that was open. No action is passed over in silence (learning point K-25).
create table action_review (
  id          uuid primary key default gen_random_uuid(),
  meeting_id  uuid not null references meeting,
  action_id   uuid not null references agreed_action,
  result      text not null check (result in ('done', 'unchanged', 'changed', 'not-looked-at')),
  words       text,
  was_due_on  date not null,                   -- the day that was agreed before; the first of them stays readable
  due_on      date not null,
  recorded_at timestamptz not null,
  recorded_by text not null,
  unique (meeting_id, action_id),
  constraint said_in_words check (result = 'unchanged' or words is not null)
);
create index action_review_action on action_review (action_id);
