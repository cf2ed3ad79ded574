using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Sourcing.Data.Planning.Engine;

/// <summary>Writes an input field by field, little-endian; equal values give equal bytes (decimals without trailing zeros).</summary>
internal sealed class PlanInputWriter(Stream stream) : IDisposable
{
    private const int Room = 1 << 16;

    /// <summary>More than any field but a text takes.</summary>
    private const int Margin = 64;

    private readonly byte[] _buffer = ArrayPool<byte>.Shared.Rent(Room);
    private int _used;

    public void Dispose()
    {
        Flush();
        ArrayPool<byte>.Shared.Return(_buffer);
    }

    public void Write(PlanInput input, int mark)
    {
        Int(mark);
        Date(input.AsOf);
        Settings(input.Settings);
        Rows(input.Materials, Material);
        Rows(input.BomLines, BomLine);
        Rows(input.Offers, Offer);
        Rows(input.Receipts, Receipt);
        Rows(input.Reservations, Reservation);
        Rows(input.Forecasts, Forecast);
        Rows(input.FirmOrders, FirmOrder);
        Rows(input.Issues, Issue);
    }

    private void Settings(PlanSettings s)
    {
        Byte((byte)s.Bucket);
        Int(s.BucketCount);
        Bool(s.WorkingDayLeadTimes);
        Rows(s.Holidays, Date);
        Int(s.ConsumeBackDays);
        Int(s.ConsumeForwardDays);
        Rows([.. s.SourceWeights.OrderBy(w => w.Key, StringComparer.Ordinal)], w =>
        {
            Text(w.Key);
            Decimal(w.Value);
        });
        Decimal(s.OtherSourceWeight);
        Optional(s.HalfLifeDays, Double);
        Byte((byte)s.ForecastMode);
        Byte((byte)s.PastDueReceipts);
        Bool(s.OrderDespiteLaterReceipts);
        Byte((byte)s.NegativeStock);
        Int(s.ExpediteToleranceDays);
        Int(s.DeferToleranceDays);
        Int(s.FrozenFenceDays);
        Int(s.ReleaseWindowDays);
        Optional(s.ExcessCoverDays, Int);
        Decimal(s.ScoreWeight);
        Decimal(s.ShareCap);
        Bool(s.NormaliseRoundedBoms);
        Text(s.Currency);
    }

    private void Material(PlanMaterial m)
    {
        Key(m.Id);
        Text(m.Number);
        Text(m.Name);
        Text(m.Unit);
        Int(m.UnitDecimals);
        Text(m.Class);
        Text(m.Category);
        Bool(m.IsCritical);
        Bool(m.IsMade);
        Bool(m.IsPhantom);
        Decimal(m.Yield);
        Decimal(m.OnHand);
        Optional(m.StandardCost, Decimal);
        Byte((byte)m.LotMethod);
        Optional(m.FixedLot, Decimal);
        Optional(m.PeriodsOfSupply, Int);
        Optional(m.BackorderCost, Decimal);
        Decimal(m.OrderingCost);
        Decimal(m.HoldingRate);
        Decimal(m.MadeMinimum);
        Decimal(m.MadeMultiple);
        Optional(m.MadeMaximum, Decimal);
        Int(m.MadeLeadTimeDays);
        Optional(m.MadeLeadTimeSigma, Double);
        Int(m.ReviewDays);
        SafetyAndMessages(m);
    }

    private void SafetyAndMessages(PlanMaterial m)
    {
        Optional((int?)m.SafetyMethod, Int);
        Double(m.ServiceLevel);
        Double(m.FillRate);
        Decimal(m.SafetyPercent);
        Optional(m.SafetyOverride, Decimal);
        Optional(m.SafetyMinimum, Decimal);
        Optional(m.SafetyMaximum, Decimal);
        Optional(m.SafetyMinimumCoverDays, Int);
        Optional(m.SafetyMaximumCoverDays, Int);
        Optional(m.FrozenFenceDays, Int);
        Optional(m.ExpediteToleranceDays, Int);
        Optional(m.DeferToleranceDays, Int);
        Optional(m.ExcessCoverDays, Int);
        Bool(m.Demand is not null);
        if (m.Demand is { } demand)
        {
            Demand(demand);
        }
    }

    private void Demand(PlanDemandStats d)
    {
        Int(d.PeriodDays);
        Optional(d.Mean, Decimal);
        Optional(d.Sigma, Double);
        Optional(d.Mad, Double);
        Byte((byte)d.Basis);
        Int(d.Periods);
        Rows(d.History, Decimal);
    }

    private void BomLine(PlanBomLine l)
    {
        Key(l.ParentId);
        Key(l.ComponentId);
        Decimal(l.QuantityPer);
        Bool(l.IsPercentage);
        Decimal(l.Scrap);
        Optional(l.ValidFrom, Date);
        Optional(l.ValidTo, Date);
        Optional(l.Conversion, Decimal);
        Optional(l.LineId, Key);
        Text(l.LineRef);
    }

    private void Offer(PlanOffer o)
    {
        Key(o.MaterialId);
        Key(o.SupplierId);
        Text(o.SupplierName);
        Rows(o.Tiers, t =>
        {
            Decimal(t.From);
            Decimal(t.UnitPrice);
        });
        Text(o.Currency);
        Decimal(o.FxRate);
        Decimal(o.Moq);
        Decimal(o.OrderMultiple);
        Optional(o.MaxOrder, Decimal);
        Optional(o.ContractLimit, Decimal);
        Optional(o.ContractRemaining, Decimal);
        Int(o.LeadTimeDays);
        Optional(o.LeadTimeSigma, Double);
        Decimal(o.Reliability);
        Byte((byte)o.RiskLevel);
        Optional(o.OrderingCost, Decimal);
        Optional(o.HoldingRate, Decimal);
        Bool(o.IsActive);
        Optional(o.ValidFrom, Date);
        Optional(o.ValidTo, Date);
        Text(o.Exclusion);
        Optional(o.OfferId, Key);
    }

    private void Receipt(PlanReceipt r)
    {
        Key(r.Id);
        Key(r.MaterialId);
        Decimal(r.Quantity);
        Date(r.Date);
        Byte((byte)r.Kind);
        Text(r.RefText);
        Text(r.SupplierName);
        Optional(r.ComponentsNeededOn, Date);
    }

    private void Reservation(PlanReservation r)
    {
        Key(r.Id);
        Key(r.MaterialId);
        Decimal(r.Quantity);
        Optional(r.Date, Date);
        Text(r.RefText);
    }

    private void Forecast(PlanForecast f)
    {
        Key(f.MaterialId);
        Date(f.PeriodStart);
        Byte((byte)f.Period);
        Decimal(f.Quantity);
        Text(f.Source);
        Decimal(f.Confidence);
        Optional(f.MadeOn, Date);
        Bool(f.IsOverride);
        Text(f.Reason);
        Optional(f.Id, Key);
    }

    private void FirmOrder(PlanFirmOrder o)
    {
        Key(o.Id);
        Key(o.MaterialId);
        Decimal(o.Quantity);
        Date(o.DueDate);
        Text(o.RefText);
        Text(o.Customer);
        Int(o.Priority);
    }

    private void Issue(PlanIssue i)
    {
        Byte((byte)i.Severity);
        Text(i.Code);
        Optional(i.MaterialId, Key);
        Optional(i.EntityId, Key);
        Text(i.Entity);
        Text(i.RowRef);
        Text(i.Message);
        Text(i.Action);
    }

    private void Rows<T>(IReadOnlyList<T> rows, Action<T> write)
    {
        Int(rows.Count);
        for (var i = 0; i < rows.Count; i++)
        {
            write(rows[i]);
        }
    }

    private void Optional<T>(T? value, Action<T> write)
        where T : struct
    {
        Bool(value is not null);
        if (value is { } given)
        {
            write(given);
        }
    }

    private Span<byte> Next(int length)
    {
        if (_used + Margin > Room)
        {
            Flush();
        }

        var span = _buffer.AsSpan(_used, length);
        _used += length;
        return span;
    }

    private void Flush()
    {
        stream.Write(_buffer, 0, _used);
        _used = 0;
    }

    private void Byte(byte value) => Next(1)[0] = value;

    private void Bool(bool value) => Byte(value ? (byte)1 : (byte)0);

    private void Int(int value) => BinaryPrimitives.WriteInt32LittleEndian(Next(sizeof(int)), value);

    private void Double(double value) => BinaryPrimitives.WriteDoubleLittleEndian(Next(sizeof(double)), value);

    private void Date(DateOnly value) => Int(value.DayNumber);

    private void Key(Guid value) => value.TryWriteBytes(Next(16));

    /// <summary>Without trailing zeros: 1.50 and 1.5 are one quantity.</summary>
    private void Decimal(decimal value)
    {
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(Trimmed(value), bits);
        foreach (var part in bits)
        {
            Int(part);
        }
    }

    private static decimal Trimmed(decimal value) => value.Scale == 0 ? value : value / 1.0000000000000000000000000000m;

    /// <summary>Length and UTF-8; -1 for null.</summary>
    private void Text(string? value)
    {
        if (value is null)
        {
            Int(-1);
            return;
        }

        var length = Encoding.UTF8.GetByteCount(value);
        Int(length);
        if (length <= Margin / 2)
        {
            Encoding.UTF8.GetBytes(value, Next(length));
            return;
        }

        Flush();
        stream.Write(Encoding.UTF8.GetBytes(value));
    }
}
