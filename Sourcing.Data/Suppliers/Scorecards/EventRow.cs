using Microsoft.EntityFrameworkCore;

namespace Sourcing.Data.Suppliers.Scorecards;

/// <summary>A row of <c>app.kpi_events</c> with the names of what it points to.</summary>
internal sealed class EventRow
{
    public bool IsOrder { get; set; }

    public Guid DocumentId { get; set; }

    public string Document { get; set; } = "";

    public int? Line { get; set; }

    public string Text { get; set; } = "";

    public string Unit { get; set; } = "";

    public DateOnly Day { get; set; }

    public decimal? Top { get; set; }

    public decimal? Bottom { get; set; }

    public decimal? Value { get; set; }

    public DateOnly[]? Came { get; set; }

    /// <summary>The events of a KPI, those that cost the figure most first.</summary>
    public static async Task<IReadOnlyList<KpiEvent>> ReadAsync(SourcingDb db, Guid supplierId, Kpi kpi, DateOnly first, DateOnly until, DateOnly today, int most, CancellationToken ct)
    {
        // Of a share what is missing costs it; of parts per million, delays and dear prices what there is.
        var rows = await db.Database.SqlQuery<EventRow>(
            $"""
            select o.id is not null as "IsOrder", e.document_id as "DocumentId", coalesce(o.number, r.number, '') as "Document", coalesce(l.line_no, a.line_no) as "Line",
                coalesce(l.description, a.description, r.title, '') as "Text", coalesce(case when l.id is not null then l.unit end, '') as "Unit", e.day as "Day", e.top as "Top", e.bottom as "Bottom",
                e.value as "Value", (
                    select array_agg(distinct (c.received_at at time zone 'utc')::date order by (c.received_at at time zone 'utc')::date)
                    from receipts c where c.order_line_id = l.id and c.deleted_at is null and c.quantity > 0) as "Came"
            from app.kpi_events('all', {first}, {until}, {today}, {supplierId}, {new[] { kpi.Code }}) e
            left join orders o on o.id = e.document_id
            left join rfqs r on r.id = e.document_id
            left join receipts g on g.id = e.item_id
            left join order_lines l on l.id = coalesce(g.order_line_id, e.item_id)
            left join quote_lines q on q.id = e.item_id
            left join rfq_lines a on a.id = q.rfq_line_id
            order by (case when {kpi.HigherIsBetter} then 1 else -1 end) * coalesce(e.value, case when e.bottom is null then -e.top else e.top / nullif(e.bottom, 0) end), e.day, e.item_id
            limit {most}
            """).ToListAsync(ct);
        return [.. rows.Select(r => new KpiEvent(r.IsOrder, r.DocumentId, r.Document, r.Line, r.Text, r.Unit, r.Day, r.Top, r.Bottom, r.Value, r.Came ?? []))];
    }
}
