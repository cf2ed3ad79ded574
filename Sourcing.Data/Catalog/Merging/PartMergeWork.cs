using Microsoft.EntityFrameworkCore;

namespace Sourcing.Data.Catalog.Merging;

/// <summary>Brings everything of one part to another, in the caller's transaction. Each statement says what becomes of what both have.</summary>
internal sealed class PartMergeWork(SourcingDb db, Guid keep, Guid gone, Guid by)
{
    public async Task RunAsync(Part given, CancellationToken ct)
    {
        await PricesAsync(ct);
        await ReferencesAsync(ct);
        await ConversionsAsync(ct);
        await BomsAsync(ct);
        await StockAsync(ct);
        await DemandAsync(ct);
        await MergeMoves.MoveAsync(db, PartMoves.All, keep, gone, ct);
        await NamesAsync(given.Number, ct);
        await ViewsAsync(ct);
    }

    // Files that come under the old number mean the part that stays. A name that means something else already goes on meaning that.
    private async Task NamesAsync(string number, CancellationToken ct)
    {
        var who = await db.People.Where(p => p.Id == by).Select(p => p.FullName).FirstOrDefaultAsync(ct) ?? "";
        await db.Database.ExecuteSqlAsync(
            $"""
            insert into name_aliases (id, kind, alias, plain, target_id, learnt_by)
            select app.uuid7(), 'part', {number}, app.plain(btrim({number})), {keep}, {who} from parts p where p.id = {keep} and app.plain(p.number) <> app.plain(btrim({number}))
            on conflict (kind, plain) do nothing
            """, ct);
    }

    // A supplier has one price for a part: the kept part's stays. A supplier's number that would be lost becomes a cross-reference.
    private async Task PricesAsync(CancellationToken ct)
    {
        await db.Database.ExecuteSqlAsync(
            $"""
            insert into part_cross_references (id, part_id, kind, party_name, number)
            select app.uuid7(), {keep}, 'supplier', left(s.name, 120), b.supplier_part_number
            from supplier_parts b join supplier_parts a on a.supplier_id = b.supplier_id and a.part_id = {keep} and a.deleted_at is null join suppliers s on s.id = b.supplier_id
            where b.part_id = {gone} and b.deleted_at is null and b.compact_number <> '' and b.compact_number is distinct from a.compact_number
                and not exists (select from part_cross_references r where r.part_id in ({keep}, {gone}) and r.deleted_at is null and r.compact_number = b.compact_number)
            """, ct);
        await db.Database.ExecuteSqlAsync(
            $"""
            update price_breaks k set deleted_at = now(), deleted_by = {by} from supplier_parts b
            where k.supplier_part_id = b.id and k.deleted_at is null and b.part_id = {gone} and b.deleted_at is null
                and exists (select from supplier_parts a where a.supplier_id = b.supplier_id and a.part_id = {keep} and a.deleted_at is null)
            """, ct);
        await db.Database.ExecuteSqlAsync(
            $"""
            update supplier_parts b set deleted_at = now(), deleted_by = {by}, part_id = {keep} where b.part_id = {gone} and b.deleted_at is null
                and exists (select from supplier_parts a where a.supplier_id = b.supplier_id and a.part_id = {keep} and a.deleted_at is null)
            """, ct);
        // One supplier is asked first.
        await db.Database.ExecuteSqlAsync(
            $"""
            update supplier_parts b set part_id = {keep},
                preferred = b.preferred and (b.deleted_at is not null or not exists (select from supplier_parts a where a.part_id = {keep} and a.preferred and a.deleted_at is null))
            where b.part_id = {gone}
            """, ct);
    }

    private async Task ReferencesAsync(CancellationToken ct)
    {
        // What each says of the other means nothing any more, and what both say is said once.
        await db.Database.ExecuteSqlAsync(
            $"""
            update part_cross_references r set deleted_at = now(), deleted_by = {by} where r.deleted_at is null and (
                (r.part_id = {keep} and r.other_part_id = {gone}) or (r.part_id = {gone} and r.other_part_id = {keep})
                or (r.part_id = {gone} and exists (select from part_cross_references a where a.part_id = {keep} and a.deleted_at is null and a.kind = r.kind
                    and lower(a.party_name) = lower(r.party_name) and lower(a.number) = lower(r.number))))
            """, ct);
        await db.Database.ExecuteSqlAsync($"update part_cross_references set part_id = {keep} where part_id = {gone}", ct);
        await db.Database.ExecuteSqlAsync($"update part_cross_references set other_part_id = {keep} where other_part_id = {gone}", ct);
    }

    private async Task ConversionsAsync(CancellationToken ct)
    {
        await db.Database.ExecuteSqlAsync(
            $"""
            update part_unit_conversions b set deleted_at = now(), deleted_by = {by} where b.part_id = {gone} and b.deleted_at is null
                and exists (select from part_unit_conversions a where a.part_id = {keep} and a.unit_id = b.unit_id and a.deleted_at is null)
            """, ct);
        await db.Database.ExecuteSqlAsync($"update part_unit_conversions set part_id = {keep} where part_id = {gone}", ct);
    }

    // The head with components counts: that of an empty bill of materials says nothing. Lines that ended and would stand twice go.
    private async Task BomsAsync(CancellationToken ct)
    {
        await db.Database.ExecuteSqlAsync(
            $"""
            update bills_of_materials a set yield = b.yield, is_phantom = b.is_phantom, note = b.note from bills_of_materials b
            where a.part_id = {keep} and b.part_id = {gone}
                and exists (select from bom_lines l where l.parent_part_id = {gone} and l.deleted_at is null and (l.valid_to is null or l.valid_to >= current_date))
            """, ct);
        await db.Database.ExecuteSqlAsync(
            $"delete from bills_of_materials b where b.part_id = {gone} and exists (select from bills_of_materials a where a.part_id = {keep})", ct);
        await db.Database.ExecuteSqlAsync($"update bills_of_materials set part_id = {keep} where part_id = {gone}", ct);
        await db.Database.ExecuteSqlAsync(
            $"""
            update bom_lines b set deleted_at = now(), deleted_by = {by} where b.parent_part_id = {gone} and b.deleted_at is null and exists (
                select from bom_lines a where a.parent_part_id = {keep} and a.component_part_id = b.component_part_id and a.valid_from = b.valid_from and a.deleted_at is null)
            """, ct);
        await db.Database.ExecuteSqlAsync($"update bom_lines set parent_part_id = {keep} where parent_part_id = {gone} and component_part_id <> {keep}", ct);
        await db.Database.ExecuteSqlAsync(
            $"""
            update bom_lines b set deleted_at = now(), deleted_by = {by} where b.component_part_id = {gone} and b.deleted_at is null and exists (
                select from bom_lines a where a.component_part_id = {keep} and a.parent_part_id = b.parent_part_id and a.valid_from = b.valid_from and a.deleted_at is null)
            """, ct);
        await db.Database.ExecuteSqlAsync($"update bom_lines set component_part_id = {keep} where component_part_id = {gone} and parent_part_id <> {keep}", ct);
    }

    // The ledgers become one in the order of time, with its balances anew: on hand stays the sum of all movements.
    private async Task StockAsync(CancellationToken ct)
    {
        await db.Database.ExecuteSqlAsync(
            $"""
            update inventory a set on_hand = a.on_hand + b.on_hand, allocated = a.allocated + b.allocated, open_po_quantity = a.open_po_quantity + b.open_po_quantity,
                po_expected_date = least(a.po_expected_date, b.po_expected_date), safety_stock = coalesce(a.safety_stock, b.safety_stock),
                reorder_point = coalesce(a.reorder_point, b.reorder_point), counted_at = least(a.counted_at, b.counted_at)
            from inventory b where a.part_id = {keep} and b.part_id = {gone}
            """, ct);
        await db.Database.ExecuteSqlAsync($"delete from inventory b where b.part_id = {gone} and exists (select from inventory a where a.part_id = {keep})", ct);
        await db.Database.ExecuteSqlAsync($"update inventory set part_id = {keep} where part_id = {gone}", ct);
        await db.Database.ExecuteSqlAsync(
            $"""
            update stock_movements m set part_id = {keep}, balance = r.balance
            from (select id, sum(quantity) over (order by at, id) as balance from stock_movements where part_id in ({keep}, {gone})) r
            where m.id = r.id and exists (select from stock_movements where part_id = {gone})
            """, ct);
    }

    // Two forecasts of one source for one day are needs of one part now: they add up.
    private async Task DemandAsync(CancellationToken ct)
    {
        await db.Database.ExecuteSqlAsync(
            $"""
            update forecasts a set quantity = a.quantity + b.quantity from forecasts b
            where a.part_id = {keep} and b.part_id = {gone} and a.source = b.source and a.date = b.date and a.period = b.period and a.deleted_at is null and b.deleted_at is null
            """, ct);
        await db.Database.ExecuteSqlAsync(
            $"""
            update forecasts b set deleted_at = now(), deleted_by = {by} where b.part_id = {gone} and b.deleted_at is null and exists (
                select from forecasts a where a.part_id = {keep} and a.source = b.source and a.date = b.date and a.period = b.period and a.deleted_at is null)
            """, ct);
        await db.Database.ExecuteSqlAsync($"update forecasts set part_id = {keep} where part_id = {gone}", ct);
        await db.Database.ExecuteSqlAsync($"delete from planning_parameters b where b.part_id = {gone} and exists (select from planning_parameters a where a.part_id = {keep})", ct);
        await db.Database.ExecuteSqlAsync($"update planning_parameters set part_id = {keep} where part_id = {gone}", ct);
    }

    // Filters that name the part by its key.
    private Task ViewsAsync(CancellationToken ct)
    {
        var (old, now) = (gone.ToString(), keep.ToString());
        return db.Database.ExecuteSqlAsync($"update saved_views set query = replace(query, {old}, {now}) where strpos(query, {old}) > 0", ct);
    }
}
