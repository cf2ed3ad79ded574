using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Common;
using Sourcing.Data.Common.Lists;

namespace Sourcing.Data.Operations;

/// <summary>A mail in the list.</summary>
public sealed record OutboxRow
{
    public Guid Id { get; init; }
    public string Subject { get; init; } = "";
    public string Recipient { get; init; } = "";
    public OutboxStatus Status { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? SentAt { get; init; }
    public int Attempts { get; init; }
    public string LastError { get; init; } = "";
}

/// <summary>All mail that left or is to leave.</summary>
public sealed class OutboxList(Database database, CurrentUser user) : ListSource<OutboxRow>(database, user)
{
    private static readonly ListShape<OutboxRow> Columns = new ListShape<OutboxRow>("outbox", "Mails", r => r.Id)
        .Add(r => r.Subject, "Subject", FieldKind.Text)
        .Add(r => r.Recipient, "To", FieldKind.Text)
        .Add(r => r.Status, "State", FieldKind.Choice)
        .Add(r => r.CreatedAt, "Written", FieldKind.Moment)
        .Add(r => r.SentAt, "Sent", FieldKind.Moment)
        .Add(r => r.Attempts, "Attempts", FieldKind.Number, hidden: true)
        .Add(r => r.LastError, "What the server said", FieldKind.Text, sortable: false)
        .OrderedBy("createdAt", descending: true);

    /// <inheritdoc/>
    public override ListShape<OutboxRow> Shape => Columns;

    /// <inheritdoc/>
    public override Permission Permission => Permission.OperationsRead;

    /// <inheritdoc/>
    protected override IQueryable<OutboxRow> Rows(SourcingDb db, string search)
    {
        var pattern = $"%{search}%";
        return db.OutboxMessages.Where(m => search == "" || EF.Functions.ILike(m.Subject, pattern) || EF.Functions.ILike(m.Recipient, pattern))
            .Select(m => new OutboxRow
            {
                Id = m.Id, Subject = m.Subject, Recipient = m.Recipient, Status = m.Status, CreatedAt = m.CreatedAt, SentAt = m.SentAt,
                Attempts = m.Attempts, LastError = m.LastError ?? "",
            });
    }
}

/// <summary>A rate in the list.</summary>
public sealed record ExchangeRateRow
{
    public Guid Id { get; init; }
    public string Currency { get; init; } = "";
    public DateOnly Day { get; init; }
    public decimal Rate { get; init; }
}

/// <summary>All exchange rates.</summary>
public sealed class ExchangeRateList(Database database, CurrentUser user) : ListSource<ExchangeRateRow>(database, user)
{
    private static readonly ListShape<ExchangeRateRow> Columns = new ListShape<ExchangeRateRow>("exchange-rates", "Exchange rates", r => r.Id)
        .Add(r => r.Currency, "Currency", FieldKind.Code)
        .Add(r => r.Day, "Valid from", FieldKind.Date)
        .Add(r => r.Rate, $"For 1 {CurrencyConversion.Base}", FieldKind.Number)
        .OrderedBy("day", descending: true);

    /// <inheritdoc/>
    public override ListShape<ExchangeRateRow> Shape => Columns;

    /// <inheritdoc/>
    public override Permission Permission => Permission.SettingsManage;

    /// <inheritdoc/>
    protected override IQueryable<ExchangeRateRow> Rows(SourcingDb db, string search)
    {
        var code = search.ToUpperInvariant();
        return db.ExchangeRates.Where(r => code == "" || r.Currency.StartsWith(code))
            .Select(r => new ExchangeRateRow { Id = r.Id, Currency = r.Currency, Day = r.Day, Rate = r.Rate });
    }
}

/// <summary>A piece of long work in the list.</summary>
public sealed record JobRunRow
{
    public Guid Id { get; init; }
    public string Title { get; init; } = "";
    public JobStatus Status { get; init; }
    public decimal Progress { get; init; }
    public string Message { get; init; } = "";
    public string StartedBy { get; init; } = "";
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? FinishedAt { get; init; }
    public string ErrorId { get; init; } = "";
}

/// <summary>All long work.</summary>
public sealed class JobRunList(Database database, CurrentUser user) : ListSource<JobRunRow>(database, user)
{
    private static readonly ListShape<JobRunRow> Columns = new ListShape<JobRunRow>("job-runs", "Long work", r => r.Id)
        .Add(r => r.Title, "Work", FieldKind.Text)
        .Add(r => r.Status, "State", FieldKind.Choice)
        .Add(r => r.Progress, "Progress", FieldKind.Percent, filterable: false)
        .Add(r => r.Message, "Outcome", FieldKind.Text, sortable: false)
        .Add(r => r.StartedBy, "Started by", FieldKind.Text)
        .Add(r => r.CreatedAt, "Queued", FieldKind.Moment)
        .Add(r => r.FinishedAt, "Ended", FieldKind.Moment)
        .Add(r => r.ErrorId, "Error", FieldKind.Code, hidden: true)
        .OrderedBy("createdAt", descending: true);

    /// <inheritdoc/>
    public override ListShape<JobRunRow> Shape => Columns;

    /// <inheritdoc/>
    public override Permission Permission => Permission.OperationsRead;

    /// <inheritdoc/>
    protected override IQueryable<JobRunRow> Rows(SourcingDb db, string search)
    {
        var pattern = $"%{search}%";
        return db.JobRuns.Where(r => search == "" || EF.Functions.ILike(r.Title, pattern) || r.ErrorId == search)
            .Select(r => new JobRunRow
            {
                Id = r.Id, Title = r.Title, Status = r.Status, Progress = r.Progress, Message = r.Message, CreatedAt = r.CreatedAt, FinishedAt = r.FinishedAt,
                StartedBy = db.People.Where(p => p.Id == r.StartedBy).Select(p => p.FullName).FirstOrDefault() ?? "", ErrorId = r.ErrorId ?? "",
            });
    }
}

/// <summary>A change in the list of all history.</summary>
public sealed record HistoryRow
{
    public Guid Id { get; init; }
    public DateTimeOffset At { get; init; }
    public string Actor { get; init; } = "";
    public string TableName { get; init; } = "";
    public string Action { get; init; } = "";
    public Guid RecordId { get; init; }
    public string OldValues { get; init; } = "";
    public string NewValues { get; init; } = "";
}

/// <summary>All history, for admins. The search takes a number that people quote (RFQ-2026-00042), a name of somebody, or a key.</summary>
public sealed class HistoryList(Database database, CurrentUser user) : ListSource<HistoryRow>(database, user)
{
    private static readonly ListShape<HistoryRow> Columns = new ListShape<HistoryRow>("history", "Changes", r => r.Id)
        .Add(r => r.At, "When", FieldKind.Moment)
        .Add(r => r.Actor, "Who", FieldKind.Text)
        .Add(r => r.TableName, "What", FieldKind.Choice, choices: [.. RecordKinds.All.Select(k => new Choice(k.Table, Sentence(k.Word))).DistinctBy(c => c.Value)])
        .Add(r => r.Action, "Deed", FieldKind.Choice, choices: [new("insert", "Added"), new("update", "Changed"), new("delete", "Deleted"), new("batch", "Imported")])
        .Add(r => r.NewValues, "Change", FieldKind.Text, sortable: false)
        .OrderedBy("at", descending: true);

    /// <inheritdoc/>
    public override ListShape<HistoryRow> Shape => Columns;

    /// <inheritdoc/>
    public override Permission Permission => Permission.UsersManage;

    /// <inheritdoc/>
    protected override IQueryable<HistoryRow> Rows(SourcingDb db, string search)
    {
        // The tie-break of a list is a uuid; the entry's own number becomes one in the same order.
        var rows = db.Database.SqlQuery<HistoryRow>(
            $"""
            select lpad(to_hex(id), 32, '0')::uuid as "Id", at as "At", actor_name as "Actor", table_name as "TableName", action as "Action", record_id as "RecordId",
                coalesce(old_values::text, '') as "OldValues", coalesce(new_values::text, '') as "NewValues"
            from audit_entries
            """);
        if (search.Length == 0)
        {
            return rows;
        }

        if (Guid.TryParse(search, out var key))
        {
            return rows.Where(r => r.RecordId == key);
        }

        var records = Numbered(db, search);
        var pattern = $"%{search}%";
        return rows.Where(r => records.Contains(r.RecordId) || EF.Functions.ILike(r.Actor, pattern));
    }

    private static IQueryable<Guid> Numbered(SourcingDb db, string number)
    {
        var tables = db.Model.GetEntityTypes().Where(e => e.GetTableName() is not null && e.FindProperty("Number")?.ClrType == typeof(string)
            && e.FindProperty("Id")?.ClrType == typeof(Guid)).Select(e => e.GetTableName()!).Distinct().Order(StringComparer.Ordinal).ToList();
        var sql = tables.Count == 0
            ? "select null::uuid as \"Value\" where {0} = ''"
            : string.Join(" union all ", tables.Select(t => $"select id as \"Value\" from {t} where upper(number) = upper({{0}})"));
        return db.Database.SqlQueryRaw<Guid>(sql, number);
    }

    private static string Sentence(string word) => char.ToUpper(word[0], CultureInfo.InvariantCulture) + word[1..];
}
