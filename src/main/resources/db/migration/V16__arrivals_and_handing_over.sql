-- What passes from one authority to another, child by child, and what an arriving family brings with it. As before: nothing is deleted.

-- The receiver has accepted this child in writing.
alter table move_child add accepted boolean not null default false;

-- What runs where the family comes from: our own conference is called for it, in the time that is left.
alter table move
  add on_plan            boolean,              -- a child has a plan of protection there
  add enquiry_decided_at timestamptz;          -- a section 47 enquiry runs there, or asks for a conference; since when

-- Between authorities a written acceptance is of each child by name (process rules 1.7).
create or replace function only_acceptance_passes_responsibility() returns trigger language plpgsql as $$
declare
  before responsibility;
begin
  select * into before from responsibility where person_id = new.person_id and until is not null order by until desc, since desc limit 1;
  if before.person_id is not null and (before.team, before.authority) is distinct from (new.team, new.authority)
     and not exists (select from move m join move_child c on c.move_id = m.id
       where m.id = new.passed_by and c.person_id = new.person_id and c.stays_because is null and m.accepted_at is not null
         and (m.destination = 'team' or c.accepted)) then
    raise exception 'only a written acceptance passes responsibility on' using errcode = 'check_violation';
  end if;
  return null;
end $$;
