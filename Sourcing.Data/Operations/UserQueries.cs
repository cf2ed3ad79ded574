using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Common;
using Sourcing.Data.Common.Lists;
using Sourcing.Data.Suppliers;

namespace Sourcing.Data.Operations;

/// <summary>How far an account is.</summary>
public enum AccountStatus
{
    Invited,
    Active,
    Locked,
    Disabled,
}

/// <summary>What an admin sees of an account: a view over the users, empty for everybody else.</summary>
public sealed class UserAccount
{
    public Guid Id { get; private set; }

    public string FullName { get; private set; } = "";

    public string Email { get; private set; } = "";

    public decimal? ApprovalLimit { get; private set; }

    public DateTimeOffset? LastSignInAt { get; private set; }

    public bool TwoFactorEnabled { get; private set; }

    /// <summary>Role names, A to Z.</summary>
    public string[] Roles { get; private set; } = [];

    public AccountStatus Status { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }
}

/// <summary>A row of the list of users.</summary>
public sealed record UserRow
{
    public Guid Id { get; init; }
    public string FullName { get; init; } = "";
    public string Email { get; init; } = "";
    public string[] Roles { get; init; } = [];
    public string Supplier { get; init; } = "";
    public AccountStatus Status { get; init; }
    public decimal? ApprovalLimit { get; init; }
    public bool TwoFactor { get; init; }
    public DateTimeOffset? LastSignInAt { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
}

/// <summary>An account as its page shows it.</summary>
public sealed record UserDetails(
    Guid Id, string FullName, string Email, IReadOnlySet<Role> Roles, AccountStatus Status, decimal? ApprovalLimit, bool TwoFactor,
    Guid? SupplierId, string Supplier, DateTimeOffset? LastSignInAt, DateTimeOffset CreatedAt)
{
    /// <summary>What a form for these rights was opened with.</summary>
    public string Stamp => UserForm.StampOf(FullName, Roles, SupplierId, ApprovalLimit);
}

/// <summary>One change that somebody made.</summary>
/// <param name="Changes">Names of the changed columns.</param>
public sealed record ActorChange(DateTimeOffset At, string Table, Guid RecordId, string Action, IReadOnlyList<string> Columns);

/// <summary>Reads accounts for admins.</summary>
public sealed class UserQueries(Database database, CurrentUser user, Sessions sessions)
{
    /// <summary>One account; refused when there is none.</summary>
    public Task<UserDetails> DetailsAsync(Guid id, CancellationToken ct)
    {
        user.Demand(Permission.UsersManage);
        return database.ReadAsync(
            async (db, token) =>
            {
                var account = await db.UserAccounts.AsNoTracking().SingleOrDefaultAsync(u => u.Id == id, token) ?? throw new MissingException("user");
                var supplier = await db.Set<SupplierUser>().Where(s => s.UserId == id).Select(s => new { s.SupplierId, s.Supplier.Name }).SingleOrDefaultAsync(token);
                return new UserDetails(
                    account.Id, account.FullName, account.Email, account.Roles.Select(Enum.Parse<Role>).ToHashSet(), account.Status, account.ApprovalLimit,
                    account.TwoFactorEnabled, supplier?.SupplierId, supplier?.Name ?? "", account.LastSignInAt, account.CreatedAt);
            },
            ct);
    }

    /// <summary>Where the person is signed in.</summary>
    public Task<IReadOnlyList<SessionRow>> SessionsAsync(Guid id, CancellationToken ct)
    {
        user.Demand(Permission.UsersManage);
        return sessions.ListAsync(id, user.Identity.SessionToken, ct);
    }

    /// <summary>What the person changed, latest first; 100 at most.</summary>
    public Task<IReadOnlyList<ActorChange>> ChangesAsync(Guid id, CancellationToken ct)
    {
        user.Demand(Permission.UsersManage);
        return database.ReadAsync<IReadOnlyList<ActorChange>>(
            async (db, token) =>
            {
                var entries = await db.AuditEntries.AsNoTracking().Where(e => e.ActorId == id)
                    .OrderByDescending(e => e.At).ThenByDescending(e => e.Id).Take(100).ToListAsync(token);
                return [.. entries.Select(e => new ActorChange(e.At, e.TableName, e.RecordId, e.Action, Columns(e.NewValues ?? e.OldValues)))];
            },
            ct);
    }

    private static IReadOnlyList<string> Columns(string? values)
    {
        if (values is null)
        {
            return [];
        }

        using var json = System.Text.Json.JsonDocument.Parse(values);
        return [.. json.RootElement.EnumerateObject().Select(p => p.Name).Where(n => n != "id")];
    }
}

/// <summary>The list of users.</summary>
public sealed class UserList(Database database, CurrentUser user) : ListSource<UserRow>(database, user)
{
    private static readonly ListShape<UserRow> Columns = new ListShape<UserRow>("users", "Users", r => r.Id)
        .Add(r => r.FullName, "Name", FieldKind.Text)
        .Add(r => r.Email, "E-mail", FieldKind.Text)
        .Add(r => r.Roles, "Roles", FieldKind.Choice, sortable: false, choices: [.. Enum.GetValues<Role>().Select(r => new Choice(r.ToString(), Words.Spaced(r)))])
        .Add(r => r.Status, "Status", FieldKind.Choice)
        .Add(r => r.Supplier, "Supplier", FieldKind.Text)
        .Add(r => r.ApprovalLimit, $"Approval limit, {CurrencyConversion.Base}", FieldKind.Number)
        .Add(r => r.TwoFactor, "Authenticator", FieldKind.Flag)
        .Add(r => r.LastSignInAt, "Last sign-in", FieldKind.Moment)
        .Add(r => r.CreatedAt, "Since", FieldKind.Moment, hidden: true)
        .OrderedBy("fullName");

    /// <inheritdoc/>
    public override ListShape<UserRow> Shape => Columns;

    /// <inheritdoc/>
    public override Permission Permission => Permission.UsersManage;

    /// <inheritdoc/>
    protected override IQueryable<UserRow> Rows(SourcingDb db, string search)
    {
        var rows =
            from u in db.UserAccounts
            from s in db.Set<SupplierUser>().Where(s => s.UserId == u.Id).DefaultIfEmpty()
            select new UserRow
            {
                Id = u.Id, FullName = u.FullName, Email = u.Email, Roles = u.Roles, Supplier = s == null ? "" : s.Supplier.Name, Status = u.Status,
                ApprovalLimit = u.ApprovalLimit, TwoFactor = u.TwoFactorEnabled, LastSignInAt = u.LastSignInAt, CreatedAt = u.CreatedAt,
            };
        var part = LikePattern.Containing(search);
        return search.Length == 0 ? rows : rows.Where(r => EF.Functions.ILike(r.FullName, part) || EF.Functions.ILike(r.Email, part) || EF.Functions.ILike(r.Supplier, part));
    }
}
