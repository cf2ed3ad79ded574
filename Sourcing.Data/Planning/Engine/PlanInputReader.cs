using System.Buffers.Binary;
using System.Text;
using Sourcing.Data.Planning.Arithmetic;
using Sourcing.Data.Suppliers;

namespace Sourcing.Data.Planning.Engine;

/// <summary>Reads what <see cref="PlanInputWriter"/> wrote.</summary>
internal sealed class PlanInputReader(Stream stream) : IDisposable
{
    /// <summary>No text of a plan is longer; a length beyond it is damage.</summary>
    private const int LongestText = 1 << 20;

    private readonly BufferedStream _stream = new(stream, 1 << 16);
    private readonly Dictionary<string, string> _texts = new(StringComparer.Ordinal);

    public void Dispose() => _stream.Dispose();

    public PlanInput Read(int mark) => Int() == mark
        ? new()
        {
            AsOf = Date(), Settings = Settings(), Materials = Rows(Material), BomLines = Rows(BomLine), Offers = Rows(Offer), Receipts = Rows(Receipt),
            Reservations = Rows(Reservation), Forecasts = Rows(Forecast), FirmOrders = Rows(FirmOrder), Issues = Rows(Issue),
        }
        : throw new InvalidDataException("This is no snapshot of a plan's input, or one of another version.");

    private PlanSettings Settings() => new()
    {
        Bucket = (BucketSize)Byte(), BucketCount = Int(), WorkingDayLeadTimes = Bool(), Holidays = Rows(Date), ConsumeBackDays = Int(),
        ConsumeForwardDays = Int(), SourceWeights = Rows(() => KeyValuePair.Create(Text()!, Decimal())).ToDictionary(StringComparer.Ordinal),
        OtherSourceWeight = Decimal(), HalfLifeDays = Optional(Double), ForecastMode = (ForecastMode)Byte(), PastDueReceipts = (PastDuePolicy)Byte(),
        OrderDespiteLaterReceipts = Bool(), NegativeStock = (NegativeStockPolicy)Byte(), ExpediteToleranceDays = Int(), DeferToleranceDays = Int(),
        FrozenFenceDays = Int(), ReleaseWindowDays = Int(), ExcessCoverDays = Optional(Int), ScoreWeight = Decimal(), ShareCap = Decimal(),
        NormaliseRoundedBoms = Bool(), Currency = Text()!,
    };

    private PlanMaterial Material() => new()
    {
        Id = Key(), Number = Text()!, Name = Text()!, Unit = Text()!, UnitDecimals = Int(), Class = Text(), Category = Text(), IsCritical = Bool(),
        IsMade = Bool(), IsPhantom = Bool(), Yield = Decimal(), OnHand = Decimal(), StandardCost = Optional(Decimal), LotMethod = (LotMethod)Byte(),
        FixedLot = Optional(Decimal), PeriodsOfSupply = Optional(Int), BackorderCost = Optional(Decimal), OrderingCost = Decimal(), HoldingRate = Decimal(),
        MadeMinimum = Decimal(), MadeMultiple = Decimal(), MadeMaximum = Optional(Decimal), MadeLeadTimeDays = Int(), MadeLeadTimeSigma = Optional(Double),
        ReviewDays = Int(), SafetyMethod = (SafetyStockMethod?)Optional(Int), ServiceLevel = Double(), FillRate = Double(), SafetyPercent = Decimal(),
        SafetyOverride = Optional(Decimal), SafetyMinimum = Optional(Decimal), SafetyMaximum = Optional(Decimal), SafetyMinimumCoverDays = Optional(Int),
        SafetyMaximumCoverDays = Optional(Int), FrozenFenceDays = Optional(Int), ExpediteToleranceDays = Optional(Int),
        DeferToleranceDays = Optional(Int), ExcessCoverDays = Optional(Int), Demand = Bool() ? Demand() : null,
    };

    private PlanDemandStats Demand() => new(Int(), Optional(Decimal), Optional(Double), Optional(Double))
    {
        Basis = (PlanDemandBasis)Byte(), Periods = Int(), History = Rows(Decimal),
    };

    private PlanBomLine BomLine() => new()
    {
        ParentId = Key(), ComponentId = Key(), QuantityPer = Decimal(), IsPercentage = Bool(), Scrap = Decimal(), ValidFrom = Optional(Date),
        ValidTo = Optional(Date), Conversion = Optional(Decimal), LineId = Optional(Key), LineRef = Text(),
    };

    private PlanOffer Offer() => new()
    {
        MaterialId = Key(), SupplierId = Key(), SupplierName = Text()!, Tiers = Rows(() => new PlanTier(Decimal(), Decimal())), Currency = Text()!,
        FxRate = Decimal(), Moq = Decimal(), OrderMultiple = Decimal(), MaxOrder = Optional(Decimal), ContractLimit = Optional(Decimal),
        ContractRemaining = Optional(Decimal), LeadTimeDays = Int(), LeadTimeSigma = Optional(Double), Reliability = Decimal(), RiskLevel = (RiskLevel)Byte(),
        OrderingCost = Optional(Decimal), HoldingRate = Optional(Decimal), IsActive = Bool(), ValidFrom = Optional(Date), ValidTo = Optional(Date),
        Exclusion = Text(), OfferId = Optional(Key),
    };

    private PlanReceipt Receipt() => new()
    {
        Id = Key(), MaterialId = Key(), Quantity = Decimal(), Date = Date(), Kind = (PlanReceiptKind)Byte(), RefText = Text()!, SupplierName = Text(),
        ComponentsNeededOn = Optional(Date),
    };

    private PlanReservation Reservation() => new() { Id = Key(), MaterialId = Key(), Quantity = Decimal(), Date = Optional(Date), RefText = Text()! };

    private PlanForecast Forecast() => new()
    {
        MaterialId = Key(), PeriodStart = Date(), Period = (ForecastPeriod)Byte(), Quantity = Decimal(), Source = Text()!, Confidence = Decimal(),
        MadeOn = Optional(Date), IsOverride = Bool(), Reason = Text(), Id = Optional(Key),
    };

    private PlanFirmOrder FirmOrder() => new()
    {
        Id = Key(), MaterialId = Key(), Quantity = Decimal(), DueDate = Date(), RefText = Text()!, Customer = Text(), Priority = Int(),
    };

    private PlanIssue Issue() => new()
    {
        Severity = (PlanSeverity)Byte(), Code = Text()!, MaterialId = Optional(Key), EntityId = Optional(Key), Entity = Text(), RowRef = Text(),
        Message = Text()!, Action = Text()!,
    };

    private T[] Rows<T>(Func<T> read)
    {
        var count = Int();
        if (count < 0)
        {
            throw new InvalidDataException("A list of less than nothing.");
        }

        // Grown as it is read, so that a damaged length does not ask for all memory.
        var rows = new List<T>(Math.Min(count, 1 << 16));
        for (var i = 0; i < count; i++)
        {
            rows.Add(read());
        }

        return [.. rows];
    }

    private T? Optional<T>(Func<T> read)
        where T : struct => Bool() ? read() : null;

    private byte Byte()
    {
        var value = _stream.ReadByte();
        return value < 0 ? throw new EndOfStreamException() : (byte)value;
    }

    private bool Bool() => Byte() != 0;

    private int Int()
    {
        Span<byte> bytes = stackalloc byte[sizeof(int)];
        _stream.ReadExactly(bytes);
        return BinaryPrimitives.ReadInt32LittleEndian(bytes);
    }

    private double Double()
    {
        Span<byte> bytes = stackalloc byte[sizeof(double)];
        _stream.ReadExactly(bytes);
        return BinaryPrimitives.ReadDoubleLittleEndian(bytes);
    }

    private DateOnly Date() => DateOnly.FromDayNumber(Int());

    private Guid Key()
    {
        Span<byte> bytes = stackalloc byte[16];
        _stream.ReadExactly(bytes);
        return new(bytes);
    }

    private decimal Decimal() => new([Int(), Int(), Int(), Int()]);

    /// <summary>Texts repeat (units, sources, suppliers); each is kept once.</summary>
    private string? Text()
    {
        var length = Int();
        if (length < 0)
        {
            return null;
        }

        if (length > LongestText)
        {
            throw new InvalidDataException("A text is too long to be one.");
        }

        Span<byte> bytes = length <= 256 ? stackalloc byte[length] : new byte[length];
        _stream.ReadExactly(bytes);
        var text = Encoding.UTF8.GetString(bytes);
        if (_texts.TryGetValue(text, out var known))
        {
            return known;
        }

        _texts.Add(text, text);
        return text;
    }
}
