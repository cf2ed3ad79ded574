using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Common;

namespace Sourcing.Data.Rfqs.Sealing;

/// <summary>Makes the lock of a round that goes out, and gives its private key back to those whom the database lets open it.</summary>
internal static class RfqLock
{
    /// <summary>Locks the current round, where the RFQ is sealed: within the act that sends it, once its new state is saved.</summary>
    public static async Task CloseAsync(SourcingDb db, SealingKey key, Rfq rfq, CancellationToken ct)
    {
        if (!rfq.Sealed)
        {
            return;
        }

        key.Demand();
        await db.SaveChangesAsync(ct);
        var id = Guid.CreateVersion7();
        var (published, secret) = SealCrypto.NewPair();
        var wrapped = SealCrypto.Lock(WrapKey(key, id), secret, Bound(id));
        await db.Database.ExecuteSqlAsync($"select app.seal_round({id}, {rfq.Id}, {rfq.Round}, {published}, {key.Fingerprint}, {wrapped})", ct);
    }

    /// <summary>The private key, which the database gives out in the transaction of the opening alone.</summary>
    public static byte[] Unwrap(SealingKey key, Guid sealId, byte[] wrapped)
    {
        try
        {
            return SealCrypto.Unlock(WrapKey(key, sealId), wrapped, Bound(sealId));
        }
        catch (System.Security.Cryptography.CryptographicException fault)
        {
            throw new RefusedException("The key of this round was changed in the database, so its bids cannot be opened. Bring the table app.seal_keys back from a backup.", fault);
        }
    }

    private static byte[] WrapKey(SealingKey key, Guid sealId) => key.Derive($"key of seal {sealId}");

    private static string Bound(Guid sealId) => $"key of seal {sealId}";
}
