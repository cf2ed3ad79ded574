using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Catalog.Merging;

namespace Sourcing.Data.Suppliers.Merging;

/// <summary>Brings everything of one supplier to another, in the caller's transaction. Each statement says what becomes of what both have.</summary>
internal sealed class SupplierMergeWork(SourcingDb db, Guid keep, Guid gone, Guid by)
{
    public async Task RunAsync(Supplier given, CancellationToken ct)
    {
        await PricesAsync(ct);
        await RfqsAsync(ct);
        await ContactsAsync(ct);
        await ScoresAsync(ct);
        await MergeMoves.MoveAsync(db, SupplierMoves.All, keep, gone, ct);
        await NamesAsync(given, ct);
        await RulesAsync(ct);
    }

    /// <summary>RFQs in which both have a quote, begun or submitted.</summary>
    public static async Task<IReadOnlyList<BothQuoted>> BothQuotedAsync(SourcingDb db, Guid keep, Guid gone, CancellationToken ct) =>
        await db.Database.SqlQuery<BothQuoted>(
            $"""
            select r.id as "Id", r.number as "Number", r.status in ('awarded', 'completed', 'cancelled') as "Over" from rfqs r
            where exists (select from quotes q where q.rfq_id = r.id and q.supplier_id = {keep}) and exists (select from quotes q where q.rfq_id = r.id and q.supplier_id = {gone})
            order by r.number
            """).ToListAsync(ct);

    // One price for a part: the kept supplier's stays.
    private async Task PricesAsync(CancellationToken ct)
    {
        await db.Database.ExecuteSqlAsync(
            $"""
            update price_breaks k set deleted_at = now(), deleted_by = {by} from supplier_parts b
            where k.supplier_part_id = b.id and k.deleted_at is null and b.supplier_id = {gone} and b.deleted_at is null
                and exists (select from supplier_parts a where a.part_id = b.part_id and a.supplier_id = {keep} and a.deleted_at is null)
            """, ct);
        await db.Database.ExecuteSqlAsync(
            $"""
            update supplier_parts a set preferred = true from supplier_parts b
            where a.supplier_id = {keep} and b.supplier_id = {gone} and a.part_id = b.part_id and b.preferred and not a.preferred and a.deleted_at is null and b.deleted_at is null
            """, ct);
        await db.Database.ExecuteSqlAsync(
            $"""
            update supplier_parts b set deleted_at = now(), deleted_by = {by} where b.supplier_id = {gone} and b.deleted_at is null
                and exists (select from supplier_parts a where a.part_id = b.part_id and a.supplier_id = {keep} and a.deleted_at is null)
            """, ct);
        await db.Database.ExecuteSqlAsync($"update supplier_parts set supplier_id = {keep} where supplier_id = {gone}", ct);
    }

    // Of two invitations to one RFQ the one with a quote stays, else the kept supplier's; where both quoted, and the RFQ is over, each keeps its own.
    private async Task RfqsAsync(CancellationToken ct)
    {
        var stay = (await BothQuotedAsync(db, keep, gone, ct)).Select(r => r.Id).ToArray();
        var twice = await db.Database.SqlQuery<Guid>(
            $"""
            select case when exists (select from quotes q where q.rfq_id = b.rfq_id and q.supplier_id = {gone}) then a.id else b.id end as "Value"
            from rfq_invitations a join rfq_invitations b on b.rfq_id = a.rfq_id and b.supplier_id = {gone} where a.supplier_id = {keep} and a.rfq_id <> all ({stay})
            """).ToListAsync(ct);
        var second = twice.ToArray();
        // Its personal link ends first, and with it whoever has it open.
        await db.Database.ExecuteSqlAsync($"update rfq_invitations set link_revoked_at = now() where id = any ({second}) and access_token_hash is not null and link_revoked_at is null", ct);
        await db.Database.ExecuteSqlAsync($"delete from rfq_invitations where id = any ({second})", ct);
        await db.Database.ExecuteSqlAsync($"update rfq_invitations set supplier_id = {keep} where supplier_id = {gone} and rfq_id <> all ({stay})", ct);
        await db.Database.ExecuteSqlAsync($"update quotes set supplier_id = {keep} where supplier_id = {gone} and rfq_id <> all ({stay})", ct);
        await db.Database.ExecuteSqlAsync($"update rfq_questions set supplier_id = {keep} where supplier_id = {gone} and rfq_id <> all ({stay})", ct);
        await db.Database.ExecuteSqlAsync(
            $"""
            update rfq_round_answers b set supplier_id = {keep} where b.supplier_id = {gone} and b.rfq_id <> all ({stay})
                and not exists (select from rfq_round_answers a where a.rfq_id = b.rfq_id and a.round = b.round and a.supplier_id = {keep})
            """, ct);
    }

    private async Task ContactsAsync(CancellationToken ct)
    {
        await db.Database.ExecuteSqlAsync(
            $"""
            update supplier_contacts b set deleted_at = now(), deleted_by = {by} where b.supplier_id = {gone} and b.deleted_at is null and exists (
                select from supplier_contacts a where a.supplier_id = {keep} and a.deleted_at is null
                    and (lower(a.email) = lower(b.email) and b.email <> '' or b.email = '' and lower(a.name) = lower(b.name)))
            """, ct);
        await db.Database.ExecuteSqlAsync($"update supplier_contacts set supplier_id = {keep} where supplier_id = {gone}", ct);
    }

    // Reckoned anew from what happened with both: what the one alone came to means nothing any more.
    private async Task ScoresAsync(CancellationToken ct)
    {
        await db.Database.ExecuteSqlAsync($"delete from supplier_kpis where supplier_id = {gone}", ct);
        await db.Database.ExecuteSqlAsync($"delete from supplier_scorecards where supplier_id = {gone}", ct);
    }

    // A name that means something else already goes on meaning that.
    private async Task NamesAsync(Supplier given, CancellationToken ct)
    {
        var who = await db.People.Where(p => p.Id == by).Select(p => p.FullName).FirstOrDefaultAsync(ct) ?? "";
        foreach (var name in new[] { given.Name, given.Code })
        {
            await db.Database.ExecuteSqlAsync(
                $"""
                insert into name_aliases (id, kind, alias, plain, target_id, learnt_by)
                select app.uuid7(), 'supplier', {name}, app.plain(btrim({name})), {keep}, {who} from suppliers s where s.id = {keep} and s.plain_name <> app.plain(btrim({name})) and length({name}) <= 150
                on conflict (kind, plain) do nothing
                """, ct);
        }
    }

    // Rules of award scenarios, wishes of saved views: they name suppliers by their keys.
    private async Task RulesAsync(CancellationToken ct)
    {
        var (old, now) = (gone.ToString(), keep.ToString());
        await db.Database.ExecuteSqlAsync(
            $"""
            update award_scenarios x set rules = replace(x.rules::text, {old}, {now})::jsonb, result = replace(x.result::text, {old}, {now})::jsonb
            where (strpos(x.rules::text, {old}) > 0 or strpos(x.result::text, {old}) > 0)
                and exists (select from rfq_invitations i where i.rfq_id = x.rfq_id and i.supplier_id = {keep}) and not exists (select from rfq_invitations i where i.rfq_id = x.rfq_id and i.supplier_id = {gone})
            """, ct);
        await db.Database.ExecuteSqlAsync($"update saved_views set query = replace(query, {old}, {now}) where strpos(query, {old}) > 0", ct);
    }
}

/// <summary>An RFQ in which both suppliers quoted.</summary>
/// <param name="Over">It is awarded, completed or cancelled.</param>
internal sealed record BothQuoted(Guid Id, string Number, bool Over);
