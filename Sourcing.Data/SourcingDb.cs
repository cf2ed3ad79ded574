using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Sourcing.Data.Common;
using Sourcing.Data.Operations;

namespace Sourcing.Data;

/// <summary>The whole database. Here stand the conventions alone; each room adds its tables in SourcingDb.ROOM.cs.</summary>
public partial class SourcingDb(DbContextOptions options) : IdentityDbContext<AppUser, IdentityRole<Guid>, Guid>(options)
{
    /// <summary>The name of the filter that hides soft-deleted rows; switch it off by name to restore.</summary>
    public const string LiveRows = "live";

    /// <summary>The moment of this transaction by the database's clock: it alone decides deadlines and expiry.</summary>
    public Task<DateTimeOffset> NowAsync(CancellationToken ct) => Database.SqlQuery<DateTimeOffset>($"select now() as \"Value\"").SingleAsync(ct);

    /// <summary>With passkeys.</summary>
    protected override Version SchemaVersion => IdentitySchemaVersions.Version3;

    // Parts out of use are filtered on purpose, also where stock or a bill of materials names one.
    /// <inheritdoc/>
    protected override void OnConfiguring(DbContextOptionsBuilder builder) =>
        builder.ConfigureWarnings(w => w.Ignore(CoreEventId.PossibleIncorrectRequiredNavigationWithQueryFilterInteractionWarning));

    /// <inheritdoc/>
    protected override void ConfigureConventions(ModelConfigurationBuilder configuration) => ModelConventions.Configure(configuration);

    /// <inheritdoc/>
    protected override void OnModelCreating(ModelBuilder model)
    {
        base.OnModelCreating(model);
        model.ApplyConfigurationsFromAssembly(typeof(SourcingDb).Assembly);
        ModelConventions.Apply(model);
    }
}

/// <summary>The same tables through the login that may reach accounts and sessions alone: for ASP.NET Core Identity.</summary>
public sealed class AuthDb : SourcingDb
{
    // Always in a transaction, so that history names who did it.
    public AuthDb(DbContextOptions<AuthDb> options) : base(options) => Database.AutoTransactionBehavior = AutoTransactionBehavior.Always;
}
