-- A further event of a name that its subject has already, such as another contact about a family whose discussion waits to be held. It
-- is written like any other, but puts no date off: of these the first in time counts, as each is corrected.
alter table chronology_entry add column further boolean not null default false;

-- What was brought forward before was written only where it was sooner, as the newest of its name; with its corrections it is further.
alter table chronology_entry disable trigger append_only;
with recursive told (id, position) as (
  select id, position from chronology_entry where corrects is null
  union all select e.id, told.position from chronology_entry e join told on e.corrects = told.id)
update chronology_entry e set further = true from told
where told.id = e.id and e.authority is null
  and lower(e.what) in ('child born', 'early review asked', 'strategy discussion called', 'injury or sexual abuse alleged',
    'urgent enquiry begun')
  and exists (select from chronology_entry before where before.subject_id = e.subject_id and lower(before.what) = lower(e.what)
    and before.authority is null and before.corrects is null and before.position < told.position);
alter table chronology_entry enable trigger append_only;

-- A release that knows no further events takes the newest of them for the date, and would put it off.
update schema_range set oldest_release = '23';
