-- When the calendar was corrected last. Whoever counts a clock holds this row as they write it down: one that was counted by an
-- older calendar, in a snapshot from before the correction, is not written but counted again.
create table calendar (
  one        boolean primary key default true check (one),
  changed_at timestamptz not null default now()
);
insert into calendar default values;
