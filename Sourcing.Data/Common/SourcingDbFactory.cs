using Microsoft.EntityFrameworkCore;

namespace Sourcing.Data.Common;

/// <summary>Makes short-lived contexts for the person of this scope, on the login that suits their roles.</summary>
public sealed class SourcingDbFactory(DataSources sources, CurrentUser user, TimeProvider time, IEnumerable<Microsoft.EntityFrameworkCore.Diagnostics.IInterceptor> more)
    : IDbContextFactory<SourcingDb>
{
    private static readonly TransactionGuard Guard = new();

    /// <inheritdoc/>
    public SourcingDb CreateDbContext()
    {
        var options = new DbContextOptionsBuilder<SourcingDb>()
            .UseNpgsql(sources.For(user.Identity.Access), o => o.UseQuerySplittingBehavior(QuerySplittingBehavior.SplitQuery))
            .AddInterceptors([new IdentityInterceptor(user), Guard, new SoftDeletion(user, time), .. more])
            .Options;
        return new SourcingDb(options);
    }
}
