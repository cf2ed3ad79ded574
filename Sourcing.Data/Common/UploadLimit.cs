using System.Threading.RateLimiting;

namespace Sourcing.Data.Common;

/// <summary>How many files one person may send in a minute. A page's files come over its open connection, so they are counted here and not at the door.</summary>
/// <param name="perMinute">Above 0.</param>
public sealed class UploadLimit(int perMinute = UploadLimit.Usual) : IDisposable
{
    /// <summary>Files a minute where nothing else is said.</summary>
    public const int Usual = 60;

    private readonly PartitionedRateLimiter<Guid> _files = PartitionedRateLimiter.Create<Guid, Guid>(person =>
        RateLimitPartition.GetFixedWindowLimiter(person, _ => new() { PermitLimit = perMinute, Window = TimeSpan.FromMinutes(1) }));

    /// <summary>Counts one file; refuses the one that is too many before any of it is read.</summary>
    public void Demand(CurrentUser user)
    {
        using var lease = _files.AttemptAcquire(user.Id);
        if (!lease.IsAcquired)
        {
            throw new RefusedException($"You have sent {perMinute} files within a minute, which is the most. Wait a minute, then send the rest.");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _files.Dispose();
}
