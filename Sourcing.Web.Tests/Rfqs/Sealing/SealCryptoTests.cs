using System.Security.Cryptography;
using System.Text;
using Sourcing.Data.Common;
using Sourcing.Data.Rfqs;
using Sourcing.Data.Rfqs.Sealing;

namespace Sourcing.Web.Tests.Rfqs.Sealing;

/// <summary>What seals and opens, by itself.</summary>
public sealed class SealCryptoTests
{
    private static readonly Guid Rfq = Guid.CreateVersion7();

    [Fact]
    public void What_was_sealed_opens_with_the_private_key_for_the_same_bid_and_with_nothing_else()
    {
        var (published, secret) = SealCrypto.NewPair();
        var box = SealCrypto.SealFor(published, "1,234.56"u8, "bid 1");
        Assert.Equal("1,234.56", Encoding.UTF8.GetString(SealCrypto.Open(secret, published, box, "bid 1")));
        Assert.ThrowsAny<CryptographicException>(() => SealCrypto.Open(secret, published, box, "bid 2"));
        var (otherPublished, otherSecret) = SealCrypto.NewPair();
        Assert.ThrowsAny<CryptographicException>(() => SealCrypto.Open(otherSecret, otherPublished, box, "bid 1"));
        foreach (var at in new[] { 0, 5, 95, 110, 125, box.Length - 1 })
        {
            var changed = (byte[])box.Clone();
            changed[at] ^= 1;
            Assert.ThrowsAny<CryptographicException>(() => SealCrypto.Open(secret, published, changed, "bid 1"));
        }

        Assert.ThrowsAny<CryptographicException>(() => SealCrypto.Open(secret, published, box.AsSpan(0, 60), "bid 1"));
        Assert.ThrowsAny<CryptographicException>(() => SealCrypto.Open(secret, published, [], "bid 1"));
    }

    [Fact]
    public void Two_boxes_of_the_same_have_nothing_in_common_and_small_ones_are_of_one_size()
    {
        var (published, _) = SealCrypto.NewPair();
        var (one, other) = (SealCrypto.SealFor(published, "7"u8, "b"), SealCrypto.SealFor(published, new byte[3000], "b"));
        Assert.Equal(one.Length, other.Length);
        Assert.NotEqual(Convert.ToHexString(one), Convert.ToHexString(SealCrypto.SealFor(published, "7"u8, "b")));
    }

    [Fact]
    public void A_bid_is_written_and_read_letter_by_letter_and_its_hash_is_that_of_salt_and_text()
    {
        var content = new QuoteContent { Currency = "EUR", Notes = "Größe \"L\" – ok", FreightCost = 1.50m, Lines = [new() { RfqLineId = Rfq, UnitPrice = 98765.4321m, Unit = "kg", Breaks = [new() { MinimumQuantity = 5, UnitPrice = 4.10m }] }] };
        var text = new BidDocument("RFQ-2026-00001", 1, "Q-2026-00007", 2, content).Write();
        var read = BidDocument.Read(text);
        Assert.Equal(text, read.Write());
        Assert.Equal(98765.4321m, read.Content.Lines[0].UnitPrice);
        var salt = RandomNumberGenerator.GetBytes(BidHash.SaltBytes);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData([.. salt, .. Encoding.UTF8.GetBytes(text)])), BidHash.Of(salt, text));
        var (again, same) = BidHash.Split(BidHash.Join(salt, text));
        Assert.Equal((Convert.ToHexString(salt), text), (Convert.ToHexString(again), same));
        Assert.Throws<System.Text.Json.JsonException>(() => BidDocument.Read("{\"rfq\":1}"));
    }

    [Fact]
    public void A_receipt_is_reckoned_from_its_own_file()
    {
        var salt = RandomNumberGenerator.GetBytes(BidHash.SaltBytes);
        var receipt = new ReceiptFile("B-2222-3333-4444-5555", "RFQ-1", 1, "Q-1", 1, DateTimeOffset.UnixEpoch, BidHash.Of(salt, "{\"ä\":1}"), Convert.ToHexStringLower(salt), "{\"ä\":1}", 2, "ab");
        var read = ReceiptFile.Read(receipt.Write())!;
        Assert.Equal((receipt, receipt.Hash), (read, read.Reckon()));
        Assert.NotEqual(receipt.Hash, (receipt with { Content = "{\"ä\":2}" }).Reckon());
        Assert.Null((receipt with { Salt = "zz" }).Reckon());
        Assert.Null(ReceiptFile.Read("[1]"u8));
        Assert.Null(ReceiptFile.Read("{}"u8));
    }

    [Fact]
    public void A_log_that_is_whole_is_whole_and_every_change_of_it_is_found()
    {
        var log = Log();
        var bid = ("B-1", Hash('b'), 2, log[1].Hash);
        Assert.True(SealChain.Check(log, [bid]).IsWhole);
        Assert.Equal(new ChainCheck(0, null), SealChain.Check([], []));
        Assert.Contains("Entry 2 was changed", SealChain.Check([log[0], log[1] with { At = log[1].At.AddSeconds(1) }, log[2]], [bid]).Fault, StringComparison.Ordinal);
        Assert.Contains("Entry 3 was changed", SealChain.Check([log[0], log[1], log[2] with { ActorName = "Nobody" }], [bid]).Fault, StringComparison.Ordinal);
        Assert.Contains("Entry 2 is missing", SealChain.Check([log[0], log[2]], [bid]).Fault, StringComparison.Ordinal);
        var rewritten = log[1] with { Detail = "another" };
        rewritten = rewritten with { Hash = SealChain.HashOf(rewritten) };
        Assert.Contains("Entry 3 does not follow", SealChain.Check([log[0], rewritten, log[2]], [bid]).Fault, StringComparison.Ordinal);
        Assert.Contains("Receipt B-2 is not in the log", SealChain.Check(log, [bid, ("B-2", Hash('c'), 3, log[2].Hash)]).Fault, StringComparison.Ordinal);
        Assert.Contains("The bid that entry 2 notes is gone", SealChain.Check(log, []).Fault, StringComparison.Ordinal);
    }

    [Fact]
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    public void A_key_file_is_made_for_its_owner_read_again_and_refused_in_words_when_it_is_none()
    {
        var path = Path.Combine(Path.GetTempPath(), $"sealing-{Guid.CreateVersion7():N}.key");
        try
        {
            var made = SealingKey.ReadOrMake(path);
            Assert.Equal(made.Fingerprint, SealingKey.ReadOrMake(path).Fingerprint);
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.OtherRead);
            Assert.Contains("chmod 600", Assert.Throws<RefusedException>(() => SealingKey.Read(path)).Message, StringComparison.Ordinal);
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            File.WriteAllText(path, "not a key");
            Assert.Contains("holds no sealing key", Assert.Throws<RefusedException>(() => SealingKey.Read(path)).Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(path);
        }

        Assert.Contains("cannot be read", Assert.Throws<RefusedException>(() => SealingKey.Read(path)).Message, StringComparison.Ordinal);
        Assert.Contains("no sealing key", Assert.Throws<RefusedException>(() => SealingKey.None().Demand()).Message, StringComparison.Ordinal);
        Assert.Contains("another sealing key", Assert.Throws<RefusedException>(() => SealingKey.Of(new byte[32]).Demand("0123456789abcdef")).Message, StringComparison.Ordinal);
    }

    private static List<SealLogEntry> Log()
    {
        var at = new DateTimeOffset(2026, 11, 29, 12, 0, 0, TimeSpan.Zero);
        var log = new List<SealLogEntry>();
        foreach (var (kind, detail) in new[] { (SealEventKind.Sealed, "key"), (SealEventKind.Received, $"receipt B-1, {Hash('b')}"), (SealEventKind.Closed, "") })
        {
            var entry = new SealLogEntry(Rfq, 1, log.Count + 1, kind, at.AddMinutes(log.Count), null, "Mira", null, detail, log.Count == 0 ? "" : log[^1].Hash, "");
            log.Add(entry with { Hash = SealChain.HashOf(entry) });
        }

        return log;
    }

    private static string Hash(char digit) => new(digit, 64);
}
