-- What becomes of a promise. What was agreed at the meeting - what, by whom, by which day - never changes: who it was given
-- to later and until when it goes on stand beside it.
alter table agreed_action
  add instead_of    uuid references agreed_action, -- what is done in place of an action that failed
  add given_to      text,
  add given_agency  text,
  add declined_why  text,
  add goes_on_until date,
  add reported_as   text check (reported_as in ('done', 'late', 'not-happening')),
  add reported_at   timestamptz,
  add reported_by   text,
  add reported_why  text,
  add hoped_for     date,
  add not_confirmed_why text,
  add contingency_begun_at timestamptz;
alter table agreed_action add constraint given_to_somebody_from_somewhere check ((given_to is null) = (given_agency is null));
alter table agreed_action add constraint reported_by_somebody check ((reported_as is null) = (reported_by is null));
create index agreed_action_instead_of on agreed_action (instead_of) where instead_of is not null;
