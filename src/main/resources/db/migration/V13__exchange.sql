-- Messages between authorities, as the exchange needs them beyond their rows.

alter table inbox
  add said_at       timestamptz,                     -- when the other side said it; never later than it came
  add attempts      integer not null default 0,      -- how often it could not be taken although its turn had come
  add last_tried_at timestamptz,
  add last_failure  text;

-- what is asked every second reads a few rows only
create index move_connected on move (id) where connected and ended_at is null;
create index responsibility_elsewhere on responsibility (person_id) where until is null and authority is not null;
create index outbox_not_received on outbox (posted_at) where received_at is null;
