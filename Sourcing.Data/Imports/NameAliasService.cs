using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Common;

namespace Sourcing.Data.Imports;

/// <summary>Another name, as the page shows it.</summary>
/// <param name="Kind">supplier or part.</param>
/// <param name="Target">Name of the supplier, or number and name of the part; empty where it is gone.</param>
public sealed record NameAliasRow(Guid Id, string Kind, string Alias, Guid TargetId, string Target, string LearntBy, DateTimeOffset LearntAt);

/// <summary>The other names that imports have learnt: seen, and removed where they are wrong. They are learnt in the check of an import.</summary>
public sealed class NameAliasService(Database database, CurrentUser user)
{
    /// <summary>Most names on the page.</summary>
    public const int Most = 200;

    /// <summary>The names that contain a text, in their alphabet; at most <see cref="Most"/>.</summary>
    /// <param name="search">Part of the alias or of what it stands for; empty for all.</param>
    public Task<IReadOnlyList<NameAliasRow>> ListAsync(string search, CancellationToken ct)
    {
        user.Demand(Permission.ImportsRun);
        return database.ReadAsync<IReadOnlyList<NameAliasRow>>(
            async (db, token) => await db.Database.SqlQuery<NameAliasRow>(
                $"""
                select * from (
                    select a.id as "Id", a.kind as "Kind", a.alias as "Alias", a.target_id as "TargetId", coalesce(s.name, p.number || ' ' || p.name, '') as "Target", a.learnt_by as "LearntBy", a.created_at as "LearntAt"
                    from name_aliases a
                    left join suppliers s on a.kind = 'supplier' and s.id = a.target_id and s.deleted_at is null
                    left join parts p on a.kind = 'part' and p.id = a.target_id and p.deleted_at is null
                ) n where {search.Trim()} = '' or strpos(app.plain(n."Alias"), app.plain({search.Trim()})) > 0 or strpos(app.plain(n."Target"), app.plain({search.Trim()})) > 0
                order by app.plain(n."Alias"), n."Id" limit {Most}
                """).ToListAsync(token), ct);
    }

    /// <summary>Forgets a name. Files that have it ask again; what was imported by it stays.</summary>
    public Task RemoveAsync(Guid id, CancellationToken ct)
    {
        user.Demand(Permission.ImportsRun);
        return database.WriteAsync((db, token) => db.NameAliases.Where(a => a.Id == id).ExecuteDeleteAsync(token), ct);
    }

    /// <summary>
    /// Keeps a name where it says something new: the text is unknown (or known by an older answer) and the answer is known. A name that
    /// was learnt before gets the new meaning.
    /// </summary>
    /// <returns>Whether it was kept.</returns>
    internal static async Task<bool> LearnAsync(SourcingDb db, NameKind kind, string text, string answer, Guid runId, string by, CancellationToken ct)
    {
        (text, answer) = (text.Trim(), answer.Trim());
        if (text.Length is 0 or > NameAlias.Longest || answer.Length == 0 || text.Contains('\0', StringComparison.Ordinal) || answer.Contains('\0', StringComparison.Ordinal))
        {
            return false;
        }

        var word = Words.Snake(kind.ToString());
        return await db.Database.ExecuteSqlAsync(
            $"""
            insert into name_aliases (id, kind, alias, plain, target_id, import_run_id, learnt_by)
            select {Guid.CreateVersion7()}, {word}, {text}, app.plain(btrim({text})), x.target, {runId}, {by}
            from (select app.named({word}, {answer}) as target) x
            where x.target is not null and app.named_plainly({word}, {text}) is null and app.plain(btrim({text})) <> app.plain(btrim({answer}))
            on conflict (kind, plain) do update set alias = excluded.alias, target_id = excluded.target_id, import_run_id = excluded.import_run_id, learnt_by = excluded.learnt_by
            """, ct) > 0;
    }
}
