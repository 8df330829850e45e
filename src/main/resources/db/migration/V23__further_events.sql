-- A further event of a name that its subject has already, such as another contact about a family whose discussion waits to be held. It
-- is written like any other, but puts no date off: of these the first in time counts, as each is corrected.
alter table chronology_entry add column further boolean not null default false;
