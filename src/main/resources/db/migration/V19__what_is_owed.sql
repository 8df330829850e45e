-- That we protect a child whom another authority holds is asked every second, and may not read every line of such families.
create index chronology_protecting on chronology_entry (case_id, recorded_at)
  where what in ('Strategy discussion called', 'Enquiry decided', 'Protection arranged') and authority is null and corrects is null;
